//! What the pipelines of the map's layers have in common.

use egui_wgpu::wgpu;

/// What a pipeline is made of.
pub(in crate::ui::map) struct Recipe<'a> {
    pub label: &'static str,
    pub shader: &'static str,
    pub bind: &'a wgpu::BindGroupLayout,
    pub buffers: &'a [Option<wgpu::VertexBufferLayout<'a>>],
    pub format: wgpu::TextureFormat,
    /// How it is laid over what is there; `None` replaces it.
    pub blend: Option<wgpu::BlendState>,
}

/// A pipeline that draws strips of triangles.
pub(in crate::ui::map) fn pipeline(
    device: &wgpu::Device,
    recipe: &Recipe<'_>,
) -> wgpu::RenderPipeline {
    let label = Some(recipe.label);
    let shader = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label,
        source: wgpu::ShaderSource::Wgsl(recipe.shader.into()),
    });
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label,
        bind_group_layouts: &[Some(recipe.bind)],
        immediate_size: 0,
    });
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label,
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: &shader,
            entry_point: Some("vertex"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: recipe.buffers,
        },
        fragment: Some(wgpu::FragmentState {
            module: &shader,
            entry_point: Some("fragment"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &[Some(wgpu::ColorTargetState {
                format: recipe.format,
                blend: recipe.blend,
                write_mask: wgpu::ColorWrites::ALL,
            })],
        }),
        primitive: wgpu::PrimitiveState {
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            ..wgpu::PrimitiveState::default()
        },
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        multiview_mask: None,
        cache: None,
    })
}

/// Quads that are drawn alike, from a buffer that grows with them.
#[derive(Default)]
pub(in crate::ui::map) struct Instances {
    buffer: Option<wgpu::Buffer>,
    number: u32,
}

impl Instances {
    /// Takes in so many instances.
    pub fn load(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        bytes: &[u8],
        number: usize,
    ) {
        let size = bytes.len() as u64;
        if self.buffer.as_ref().is_none_or(|b| b.size() < size) {
            self.buffer = Some(device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("instances"),
                size: size.next_power_of_two().max(4_096),
                usage: wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            }));
        }
        if let Some(buffer) = &self.buffer {
            queue.write_buffer(buffer, 0, bytes);
        }
        self.number = u32::try_from(number).unwrap_or(u32::MAX);
    }

    /// Draws them.
    pub fn draw(&self, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(buffer) = self.buffer.as_ref().filter(|_| self.number > 0) {
            pass.set_vertex_buffer(0, buffer.slice(..));
            pass.draw(0..4, 0..self.number);
        }
    }
}

/// A picture that a shader reads, and what binds it with its place.
pub(in crate::ui::map) struct Bound {
    pub texture: wgpu::Texture,
    pub view: wgpu::TextureView,
    pub group: wgpu::BindGroup,
}

/// Makes a picture of a size in pixels, to be used in a way of its own besides
/// being read, and binds it: see [`picture_layout`].
pub(in crate::ui::map) fn picture(
    device: &wgpu::Device,
    label: &'static str,
    (layout, place): (&wgpu::BindGroupLayout, &wgpu::Buffer),
    [width, height]: [u32; 2],
    (format, usage): (wgpu::TextureFormat, wgpu::TextureUsages),
) -> Bound {
    let label = Some(label);
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label,
        size: wgpu::Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: usage | wgpu::TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    });
    let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
    let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label,
        layout,
        entries: &[
            wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::TextureView(&view),
            },
            wgpu::BindGroupEntry {
                binding: 1,
                resource: place.as_entire_binding(),
            },
        ],
    });
    Bound {
        texture,
        view,
        group,
    }
}

/// The layout of a picture and what places it.
pub(in crate::ui::map) fn picture_layout(
    device: &wgpu::Device,
    label: &'static str,
) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some(label),
        entries: &[picture_entry(0), uniform_entry(1)],
    })
}

/// An entry for a picture that is read pixel by pixel.
fn picture_entry(binding: u32) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::FRAGMENT,
        ty: wgpu::BindingType::Texture {
            sample_type: wgpu::TextureSampleType::Float { filterable: false },
            view_dimension: wgpu::TextureViewDimension::D2,
            multisampled: false,
        },
        count: None,
    }
}

/// An entry for what places a layer on the screen.
pub(in crate::ui::map) fn uniform_entry(binding: u32) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::VERTEX_FRAGMENT,
        ty: wgpu::BindingType::Buffer {
            ty: wgpu::BufferBindingType::Uniform,
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    }
}

/// A buffer for what places a layer on the screen.
pub(in crate::ui::map) fn uniform<T>(device: &wgpu::Device, label: &'static str) -> wgpu::Buffer {
    device.create_buffer(&wgpu::BufferDescriptor {
        label: Some(label),
        size: size_of::<T>() as u64,
        usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    })
}

/// Upper left corner and size in pixels of the map, as egui sets the viewport.
pub(in crate::ui::map) fn map_in_pixels(
    rect: egui::Rect,
    screen: &egui_wgpu::ScreenDescriptor,
) -> ([f32; 2], [f32; 2]) {
    let at = egui::epaint::ViewportInPixels::from_points(
        &rect,
        screen.pixels_per_point,
        screen.size_in_pixels,
    );
    (
        [at.left_px as f32, at.top_px as f32],
        [at.width_px as f32, at.height_px as f32],
    )
}
