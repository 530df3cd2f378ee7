//! A dot an event, drawn as instanced quads from positions that the view does
//! not change: what moves with the map is one small buffer.

use std::sync::Arc;

use egui::{Color32, Rect, Shape};
use egui_wgpu::{CallbackResources, CallbackTrait, RenderState, ScreenDescriptor, wgpu};

use crate::dataset::mercator::WORLD;
use crate::ui::map::gpu;
use crate::view::viewport::Viewport;

/// One event.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub(super) struct Dot {
    /// Position in the square of 2³² units.
    pub at: [u32; 2],
    /// sRGB and opacity, not premultiplied.
    pub colour: [u8; 4],
}

/// Dots and where they go.
#[derive(Clone)]
pub(super) struct Dots {
    pub list: Arc<Vec<Dot>>,
    /// Tells lists apart.
    pub version: u64,
    pub view: Viewport,
    pub radius: f32,
    pub outline: Color32,
    pub alpha: f32,
    /// The map.
    pub rect: Rect,
}

/// As the shader has it.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
struct Place {
    center: [u32; 2],
    middle: [f32; 2],
    map_at: [f32; 2],
    map_size: [f32; 2],
    outline: [f32; 4],
    scale: f32,
    radius: f32,
    alpha: f32,
    unused: f32,
}

struct Press {
    pipeline: wgpu::RenderPipeline,
    bind: wgpu::BindGroup,
    place: wgpu::Buffer,
    instances: gpu::Instances,
    version: u64,
}

/// Sets up drawing dots.
pub(super) fn install(state: &RenderState) {
    let device = &state.device;
    let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("dots"),
        entries: &[gpu::uniform_entry(0)],
    });
    let attributes = wgpu::vertex_attr_array![0 => Uint32x2, 1 => Unorm8x4];
    let recipe = gpu::Recipe {
        label: "dots",
        shader: include_str!("dots.wgsl"),
        bind: &layout,
        buffers: &[Some(wgpu::VertexBufferLayout {
            array_stride: size_of::<Dot>() as u64,
            step_mode: wgpu::VertexStepMode::Instance,
            attributes: &attributes,
        })],
        format: state.target_format,
        blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
    };
    let place = gpu::uniform::<Place>(device, "dots place");
    let bind = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("dots"),
        layout: &layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: place.as_entire_binding(),
        }],
    });
    let press = Press {
        pipeline: gpu::pipeline(device, &recipe),
        bind,
        place,
        instances: gpu::Instances::default(),
        version: 0,
    };
    state.renderer.write().callback_resources.insert(press);
}

impl Dots {
    /// What is painted.
    pub fn shape(self) -> Shape {
        egui_wgpu::Callback::new_paint_callback(self.rect, self).into()
    }
}

impl CallbackTrait for Dots {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the square"
    )]
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(press) = resources.get_mut::<Press>() else {
            return Vec::new();
        };
        if press.version != self.version {
            let bytes = bytemuck::cast_slice(&self.list);
            press.instances.load(device, queue, bytes, self.list.len());
            press.version = self.version;
        }
        let scale = screen.pixels_per_point;
        let (map_at, map_size) = gpu::map_in_pixels(self.rect, screen);
        let (x, y) = self.view.center_unit();
        let middle = self.rect.center();
        let place = Place {
            center: [x, y].map(|v| (v * WORLD) as u64 as u32),
            middle: [middle.x * scale, middle.y * scale],
            map_at,
            map_size,
            outline: self.outline.to_normalized_gamma_f32(),
            scale: (self.view.world() / WORLD) as f32 * scale,
            radius: self.radius * scale,
            alpha: self.alpha,
            unused: 0.0,
        };
        queue.write_buffer(&press.place, 0, bytemuck::bytes_of(&place));
        Vec::new()
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(press) = resources.get::<Press>() {
            pass.set_pipeline(&press.pipeline);
            pass.set_bind_group(0, &press.bind, &[]);
            press.instances.draw(pass);
        }
    }
}
