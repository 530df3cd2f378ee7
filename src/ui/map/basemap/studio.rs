//! The basemap drawn once into a picture of its own, and copied to the window
//! each frame until it changes. For machines without a GPU, where drawing the
//! tiles anew costs more than all the rest.

use std::sync::{Arc, Mutex, PoisonError};

use egui::epaint::{ClippedPrimitive, ViewportInPixels};
use egui::{Rect, Shape, TexturesDelta};
use egui_wgpu::{
    CallbackResources, CallbackTrait, RenderState, Renderer, RendererOptions, ScreenDescriptor,
    wgpu,
};

use crate::ui::map::gpu;

/// What has yet to be drawn: newest picture, all textures since the last.
#[derive(Default)]
struct Order {
    picture: Option<(Vec<ClippedPrimitive>, [u32; 2], f32)>,
    textures: TexturesDelta,
}

impl Drop for Order {
    fn drop(&mut self) {
        // Textures of a map that is gone need not be drawn.
        self.textures.clear();
    }
}

/// The order that window and renderer share: a frame may be thrown away before
/// it is drawn, and then the next one still finds it here.
#[derive(Clone, Default)]
pub(super) struct Desk(Arc<Mutex<Order>>);

impl Desk {
    fn lock(&self) -> std::sync::MutexGuard<'_, Order> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Orders a picture of a size in pixels.
    pub fn order(
        &self,
        shapes: Vec<ClippedPrimitive>,
        textures: TexturesDelta,
        size: [u32; 2],
        pixels_per_point: f32,
    ) {
        let mut order = self.lock();
        order.textures.append(textures);
        order.picture = Some((shapes, size, pixels_per_point));
    }

    /// Shows the last picture on a part of the window.
    pub fn show(&self, rect: Rect) -> Shape {
        let blit = Blit {
            desk: self.clone(),
            rect,
        };
        egui_wgpu::Callback::new_paint_callback(rect, blit).into()
    }
}

/// Draws the picture, and copies it.
struct Studio {
    /// A renderer like the window's, with textures of its own.
    renderer: Arc<egui::mutex::RwLock<Renderer>>,
    format: wgpu::TextureFormat,
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    origin: wgpu::Buffer,
    picture: Option<Picture>,
}

struct Picture {
    view: wgpu::TextureView,
    size: [u32; 2],
    bind: wgpu::BindGroup,
}

/// Sets up drawing into a picture of our own.
pub(in crate::ui::map) fn install(render_state: &RenderState) {
    let device = &render_state.device;
    let format = render_state.target_format;
    let renderer = Renderer::new(device, format, RendererOptions::default());
    let own = RenderState {
        renderer: Arc::new(egui::mutex::RwLock::new(renderer)),
        ..render_state.clone()
    };
    walkers::install_renderer(Some(&own));
    let layout = gpu::picture_layout(device, "map");
    let studio = Studio {
        renderer: own.renderer,
        format,
        pipeline: gpu::pipeline(
            device,
            &gpu::Recipe {
                label: "map",
                shader: include_str!("blit.wgsl"),
                bind: &layout,
                buffers: &[],
                format,
                blend: None,
            },
        ),
        layout,
        origin: gpu::uniform::<[i32; 4]>(device, "map origin"),
        picture: None,
    };
    render_state
        .renderer
        .write()
        .callback_resources
        .insert(studio);
}

impl Studio {
    /// The picture, of the size asked for.
    fn frame(&mut self, device: &wgpu::Device, size: [u32; 2]) -> wgpu::TextureView {
        if let Some(p) = self.picture.as_ref().filter(|p| p.size == size) {
            return p.view.clone();
        }
        let bound = gpu::picture(
            device,
            "map",
            (&self.layout, &self.origin),
            size,
            (self.format, wgpu::TextureUsages::RENDER_ATTACHMENT),
        );
        self.picture = Some(Picture {
            view: bound.view.clone(),
            size,
            bind: bound.group,
        });
        bound.view
    }

    /// Draws what was ordered.
    fn draw(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        mut order: Order,
    ) -> Vec<wgpu::CommandBuffer> {
        let shared = Arc::clone(&self.renderer);
        let mut renderer = shared.write();
        for (id, deltas) in order.textures.set.drain() {
            for delta in &deltas {
                renderer.update_texture(device, queue, id, delta);
            }
        }
        let mut commands = Vec::new();
        if let Some((shapes, size, pixels_per_point)) = order.picture.take() {
            let view = self.frame(device, size);
            let screen = ScreenDescriptor {
                size_in_pixels: size,
                pixels_per_point,
            };
            let mut encoder = device
                .create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("map") });
            commands = renderer.update_buffers(device, queue, &mut encoder, &shapes, &screen);
            let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("map"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &view,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                        store: wgpu::StoreOp::Store,
                    },
                    depth_slice: None,
                })],
                ..wgpu::RenderPassDescriptor::default()
            });
            renderer.render(&mut pass.forget_lifetime(), &shapes, &screen);
            commands.push(encoder.finish());
        }
        for id in order.textures.free.drain() {
            renderer.free_texture(&id);
        }
        commands
    }
}

struct Blit {
    desk: Desk,
    rect: Rect,
}

impl CallbackTrait for Blit {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(studio) = resources.get_mut::<Studio>() else {
            return Vec::new();
        };
        let at = ViewportInPixels::from_points(
            &self.rect,
            screen.pixels_per_point,
            screen.size_in_pixels,
        );
        let origin = [at.left_px, at.top_px, 0, 0];
        queue.write_buffer(&studio.origin, 0, bytemuck::cast_slice(&origin));
        let order = std::mem::take(&mut *self.desk.lock());
        studio.draw(device, queue, order)
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        let Some(studio) = resources.get::<Studio>() else {
            return;
        };
        if let Some(picture) = &studio.picture {
            pass.set_pipeline(&studio.pipeline);
            pass.set_bind_group(0, &picture.bind, &[]);
            pass.draw(0..3, 0..1);
        }
    }
}
