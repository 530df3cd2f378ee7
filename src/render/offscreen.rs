//! Runs an interface without a window and reads the picture back.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use egui::{Color32, FullOutput, RawInput, Rect, Ui, Vec2, pos2};
use egui_wgpu::wgpu;
use egui_wgpu::{RenderState, RendererOptions, ScreenDescriptor};
use image::RgbaImage;

/// What to install when there is no graphics driver at all.
pub const DRIVER_HINT: &str = "no graphics driver was found; on Debian install one with: apt-get install mesa-vulkan-drivers libvulkan1";

/// How long to wait for the adapter. A software one may take seconds for a
/// large picture; a lost device would otherwise hang us.
const WAIT: Duration = Duration::from_mins(1);

/// Largest side of a picture in pixels: what every adapter can do.
const MAX_SIDE: u32 = 8192;

/// Why no picture was made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No adapter.
    #[error("{DRIVER_HINT}")]
    NoDriver,
    /// A side is zero or too long.
    #[error("a picture of {0}×{1} pixels cannot be made; each side may have 1 to 8192 pixels")]
    Size(u32, u32),
    /// The adapter did not answer.
    #[error("the graphics driver did not answer ({0}); try again, or a smaller picture")]
    Lost(String),
}

fn create(backends: wgpu::Backends, driver: Driver) -> Result<RenderState, egui_wgpu::WgpuError> {
    let mut new = egui_wgpu::WgpuSetupCreateNew::without_display_handle();
    new.instance_descriptor.backends = backends;
    if driver == Driver::Software {
        new.native_adapter_selector = Some(Arc::new(|adapters, _surface| {
            let software = |a: &&wgpu::Adapter| a.get_info().device_type == wgpu::DeviceType::Cpu;
            let found = adapters.iter().find(software).or(adapters.first());
            found.cloned().ok_or_else(|| DRIVER_HINT.to_owned())
        }));
    }
    let setup = egui_wgpu::WgpuSetup::CreateNew(new);
    let instance = pollster::block_on(setup.new_instance());
    let config = egui_wgpu::WgpuConfiguration {
        wgpu_setup: setup,
        ..Default::default()
    };
    // The same picture on every machine, as far as that is ours to say.
    let options = RendererOptions::PREDICTABLE;
    pollster::block_on(RenderState::create(&config, &instance, None, options))
}

/// The backends a window should use: the modern ones where they have a driver,
/// else OpenGL. Asking for both would start both at every start.
///
/// # Errors
/// Without a graphics driver of either sort: [`DRIVER_HINT`] says what to do.
pub fn usable_backends() -> Result<wgpu::Backends, &'static str> {
    for backends in [wgpu::Backends::PRIMARY, wgpu::Backends::GL] {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = backends;
        let instance = wgpu::Instance::new(descriptor);
        if !pollster::block_on(instance.enumerate_adapters(backends)).is_empty() {
            return Ok(backends);
        }
    }
    Err(DRIVER_HINT)
}

/// Which driver draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// The best there is.
    Any,
    /// A software one where there is one: the same picture on every machine.
    Software,
}

/// An interface without a window.
pub struct Offscreen {
    state: RenderState,
    context: egui::Context,
    /// Size in pixels.
    size: [u32; 2],
    pixels_per_point: f32,
    frames: u32,
}

impl Offscreen {
    /// Makes one of `size` pixels.
    ///
    /// # Errors
    /// Without a graphics driver, or if the size makes no sense.
    pub fn new(size: [u32; 2], pixels_per_point: f32, driver: Driver) -> Result<Self, RenderError> {
        if size.iter().any(|side| !(1..=MAX_SIDE).contains(side)) {
            return Err(RenderError::Size(size[0], size[1]));
        }
        let state = create(wgpu::Backends::PRIMARY, driver)
            .or_else(|_| create(wgpu::Backends::all(), driver))
            .map_err(|e| {
                tracing::info!("{e}");
                RenderError::NoDriver
            })?;
        Ok(Self {
            state,
            context: egui::Context::default(),
            size,
            pixels_per_point,
            frames: 0,
        })
    }

    /// What paint callbacks need to set up.
    #[must_use]
    pub fn state(&self) -> &RenderState {
        &self.state
    }

    /// The interface's context.
    #[must_use]
    pub fn context(&self) -> &egui::Context {
        &self.context
    }

    /// Runs one frame and forgets its picture.
    pub fn step(&mut self, ui: impl FnMut(&mut Ui)) {
        let output = self.run(ui);
        let mut delta = output.textures_delta;
        self.update_textures(&mut delta);
    }

    /// Runs one frame over a ground and reads its picture.
    ///
    /// # Errors
    /// When the adapter does not answer.
    pub fn picture(
        &mut self,
        ground: Color32,
        ui: impl FnMut(&mut Ui),
    ) -> Result<RgbaImage, RenderError> {
        let output = self.run(ui);
        let mut delta = output.textures_delta.clone();
        let free = std::mem::take(&mut delta.free);
        self.update_textures(&mut delta);
        let texture = self.draw(&output, ground);
        let image = self.read(&texture);
        delta.free = free;
        self.update_textures(&mut delta);
        image
    }

    fn run(&mut self, ui: impl FnMut(&mut Ui)) -> FullOutput {
        let [width, height] = self.size.map(|s| s as f32);
        let points = Vec2::new(width, height) / self.pixels_per_point;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), points)),
            // A fixed clock: animations end, and two runs are alike.
            time: Some(f64::from(self.frames) * 0.5),
            predicted_dt: 0.5,
            focused: true,
            max_texture_side: Some(MAX_SIDE as usize),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(self.pixels_per_point);
        self.frames += 1;
        self.context.run_ui(input, ui)
    }

    fn update_textures(&self, delta: &mut egui::TexturesDelta) {
        let mut renderer = self.state.renderer.write();
        for (id, images) in delta.set.drain() {
            for image in images {
                renderer.update_texture(&self.state.device, &self.state.queue, id, &image);
            }
        }
        for id in delta.free.drain() {
            renderer.free_texture(&id);
        }
    }

    fn draw(&self, output: &FullOutput, ground: Color32) -> wgpu::Texture {
        let [r, g, b, a] = ground.to_normalized_gamma_f32().map(f64::from);
        let (device, queue) = (&self.state.device, &self.state.queue);
        let scale = output.pixels_per_point;
        let shapes = self.context.tessellate(output.shapes.clone(), scale);
        let screen = ScreenDescriptor {
            pixels_per_point: scale,
            size_in_pixels: self.size,
        };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut renderer = self.state.renderer.write();
        let user = renderer.update_buffers(device, queue, &mut encoder, &shapes, &screen);
        let texture = device.create_texture(&wgpu::TextureDescriptor {
            label: Some("picture"),
            size: self.extent(),
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: self.state.target_format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        {
            let mut pass = encoder
                .begin_render_pass(&wgpu::RenderPassDescriptor {
                    label: Some("picture"),
                    color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                        view: &view,
                        resolve_target: None,
                        ops: wgpu::Operations {
                            load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a }),
                            store: wgpu::StoreOp::Store,
                        },
                        depth_slice: None,
                    })],
                    ..Default::default()
                })
                .forget_lifetime();
            renderer.render(&mut pass, &shapes, &screen);
        }
        queue.submit(user.into_iter().chain(std::iter::once(encoder.finish())));
        texture
    }

    fn extent(&self) -> wgpu::Extent3d {
        wgpu::Extent3d {
            width: self.size[0],
            height: self.size[1],
            depth_or_array_layers: 1,
        }
    }

    fn read(&self, texture: &wgpu::Texture) -> Result<RgbaImage, RenderError> {
        let (device, queue) = (&self.state.device, &self.state.queue);
        let [width, height] = self.size;
        // Rows of a buffer that a texture is copied to are padded.
        let row = width * 4;
        let padded =
            row.div_ceil(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT) * wgpu::COPY_BYTES_PER_ROW_ALIGNMENT;
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("picture"),
            size: u64::from(padded) * u64::from(height),
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(padded),
                    rows_per_image: None,
                },
            },
            self.extent(),
        );
        let submission = queue.submit(std::iter::once(encoder.finish()));
        let (sender, receiver) = channel();
        let slice = buffer.slice(..);
        slice.map_async(wgpu::MapMode::Read, move |done| drop(sender.send(done)));
        let lost = |e: &dyn std::fmt::Display| RenderError::Lost(e.to_string());
        device
            .poll(wgpu::PollType::Wait {
                submission_index: Some(submission),
                timeout: Some(WAIT),
            })
            .map_err(|e| lost(&e))?;
        receiver
            .recv()
            .map_err(|e| lost(&e))?
            .map_err(|e| lost(&e))?;
        let data = slice.get_mapped_range().map_err(|e| lost(&e))?;
        let bgra = matches!(
            self.state.target_format,
            wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Bgra8UnormSrgb
        );
        let mut pixels = Vec::with_capacity((row * height) as usize);
        for line in data.chunks_exact(padded as usize) {
            for p in line[..row as usize].chunks_exact(4) {
                // The picture has no transparency, whatever the blending left.
                pixels.extend(if bgra {
                    [p[2], p[1], p[0], 255]
                } else {
                    [p[0], p[1], p[2], 255]
                });
            }
        }
        RgbaImage::from_raw(width, height, pixels)
            .ok_or_else(|| RenderError::Lost("short read".to_owned()))
    }
}
