//! Density on the screen: a small picture, copied large, between its pixels
//! smoothed. Its own shader, as that of egui costs many times more where the
//! CPU draws.

use std::sync::Arc;

use egui::{Rect, Shape};
use egui_wgpu::{CallbackResources, CallbackTrait, RenderState, ScreenDescriptor, wgpu};

use crate::ui::map::gpu;
use crate::view::density::{BLOCK, Picture};

/// Sides of textures are multiples of this, so that they can be used again for
/// a picture of about the same size.
const SIDE: u32 = 64;

/// A picture and where it goes.
#[derive(Clone)]
pub(super) struct Heat {
    pub picture: Arc<Picture>,
    /// Tells pictures apart.
    pub version: u64,
    /// Where its upper left corner goes, from that of the map, in points.
    pub at: [f32; 2],
    /// Points a pixel of the picture.
    pub cell: f32,
    pub alpha: f32,
    /// The map.
    pub rect: Rect,
}

/// As the shader has it.
#[repr(C)]
#[derive(Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
struct Place {
    origin: [f32; 2],
    cell: f32,
    alpha: f32,
    map_at: [f32; 2],
    map_size: [f32; 2],
    size: [u32; 2],
    block: u32,
    unused: u32,
}

struct Kept {
    texture: wgpu::Texture,
    size: [u32; 2],
    bind: wgpu::BindGroup,
    version: u64,
}

struct Oven {
    pipeline: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    place: wgpu::Buffer,
    blocks: gpu::Instances,
    kept: Option<Kept>,
}

/// Sets up drawing density.
pub(super) fn install(state: &RenderState) {
    let device = &state.device;
    let layout = gpu::picture_layout(device, "density");
    let attributes = wgpu::vertex_attr_array![0 => Uint32x2];
    let recipe = gpu::Recipe {
        label: "density",
        shader: include_str!("heat.wgsl"),
        bind: &layout,
        buffers: &[Some(wgpu::VertexBufferLayout {
            array_stride: size_of::<[u32; 2]>() as u64,
            step_mode: wgpu::VertexStepMode::Instance,
            attributes: &attributes,
        })],
        format: state.target_format,
        blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
    };
    let oven = Oven {
        pipeline: gpu::pipeline(device, &recipe),
        place: gpu::uniform::<Place>(device, "density place"),
        layout,
        blocks: gpu::Instances::default(),
        kept: None,
    };
    state.renderer.write().callback_resources.insert(oven);
}

impl Oven {
    /// A texture at least as large as a picture, and its size.
    fn texture(&mut self, device: &wgpu::Device, size: [u32; 2]) -> &mut Kept {
        let wanted = size.map(|s| s.max(1).next_multiple_of(SIDE));
        let old = self.kept.take().filter(|k| k.size == wanted);
        self.kept.insert(old.unwrap_or_else(|| {
            let bound = gpu::picture(
                device,
                "density",
                (&self.layout, &self.place),
                wanted,
                (
                    wgpu::TextureFormat::Rgba8Unorm,
                    wgpu::TextureUsages::COPY_DST,
                ),
            );
            Kept {
                texture: bound.texture,
                size: wanted,
                bind: bound.group,
                version: 0,
            }
        }))
    }
}

fn extent([width, height]: [u32; 2]) -> wgpu::Extent3d {
    wgpu::Extent3d {
        width,
        height,
        depth_or_array_layers: 1,
    }
}

impl Heat {
    /// What is painted.
    pub fn shape(self) -> Shape {
        egui_wgpu::Callback::new_paint_callback(self.rect, self).into()
    }
}

impl CallbackTrait for Heat {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        screen: &ScreenDescriptor,
        _encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        let Some(oven) = resources.get_mut::<Oven>() else {
            return Vec::new();
        };
        let size = self.picture.size;
        let scale = screen.pixels_per_point;
        let (map_at, map_size) = gpu::map_in_pixels(self.rect, screen);
        let corner = [self.rect.min.x, self.rect.min.y];
        let place = Place {
            origin: [0, 1].map(|n| (corner[n] + self.at[n]) * scale),
            cell: self.cell * scale,
            alpha: self.alpha,
            map_at,
            map_size,
            size,
            block: BLOCK,
            unused: 0,
        };
        queue.write_buffer(&oven.place, 0, bytemuck::bytes_of(&place));
        let kept = oven.texture(device, size);
        if kept.version != self.version {
            kept.version = self.version;
            let blocks = bytemuck::cast_slice(&self.picture.blocks);
            let number = self.picture.blocks.len();
            queue.write_texture(
                kept.texture.as_image_copy(),
                self.picture.pixels.as_flattened(),
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(size[0] * 4),
                    rows_per_image: None,
                },
                extent(size),
            );
            oven.blocks.load(device, queue, blocks, number);
        }
        Vec::new()
    }

    fn paint(
        &self,
        _info: egui::PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(oven) = resources.get::<Oven>()
            && let Some(kept) = &oven.kept
        {
            pass.set_pipeline(&oven.pipeline);
            pass.set_bind_group(0, &kept.bind, &[]);
            oven.blocks.draw(pass);
        }
    }
}
