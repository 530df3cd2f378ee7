//! Runs an interface without a window and reads the picture back.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use egui::{Color32, Event, FullOutput, RawInput, Rect, Ui, Vec2, pos2};
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

/// Seconds from one frame to the next unless told otherwise: animations end
/// after a frame or two.
const FRAME_SECONDS: f32 = 0.5;

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
    /// The time of the next frame and from one to the next, in seconds.
    time: f64,
    frame_seconds: f32,
    /// What happens in the next frame.
    events: Vec<Event>,
    target: Target,
    /// The last frame drawn: rows of pixels of four bytes, as the target has
    /// them.
    bytes: Vec<u8>,
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
            target: Target::new(&state, size),
            state,
            context: egui::Context::default(),
            size,
            pixels_per_point,
            time: 0.0,
            frame_seconds: FRAME_SECONDS,
            events: Vec::new(),
            bytes: Vec::new(),
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

    /// The adapter's name and whether it is a graphics card or the CPU.
    #[must_use]
    pub fn adapter(&self) -> String {
        let info = self.state.adapter.get_info();
        format!("{} ({:?})", info.name, info.device_type)
    }

    /// From now on a frame lasts so long by the interface's clock, which is
    /// fixed so that two runs are alike. Half a second, unless told otherwise.
    pub fn set_frame_seconds(&mut self, seconds: f32) {
        self.frame_seconds = seconds;
    }

    /// Lets something happen in the next frame: the pointer moves, a key is
    /// pressed.
    pub fn feed(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Runs one frame and forgets its picture.
    pub fn step(&mut self, ui: impl FnMut(&mut Ui)) {
        let output = self.run(ui);
        let mut delta = output.textures_delta;
        self.update_textures(&mut delta);
    }

    /// Runs one frame over a ground, draws it and reads it back, as far as
    /// this side's memory; see [`Offscreen::picture`] to look at it.
    ///
    /// # Errors
    /// When the adapter does not answer.
    pub fn frame(&mut self, ground: Color32, ui: impl FnMut(&mut Ui)) -> Result<(), RenderError> {
        let mut output = self.run(ui);
        let mut delta = std::mem::take(&mut output.textures_delta);
        let free = std::mem::take(&mut delta.free);
        self.update_textures(&mut delta);
        self.draw(output, ground);
        let done = self.read();
        delta.free = free;
        self.update_textures(&mut delta);
        done
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
        self.frame(ground, ui)?;
        let bgra = matches!(
            self.state.target_format,
            wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Bgra8UnormSrgb
        );
        let mut pixels = self.bytes.clone();
        for p in pixels.chunks_exact_mut(4) {
            if bgra {
                p.swap(0, 2);
            }
            // The picture has no transparency, whatever the blending left.
            p[3] = 255;
        }
        let [width, height] = self.size;
        RgbaImage::from_raw(width, height, pixels)
            .ok_or_else(|| RenderError::Lost("short read".to_owned()))
    }

    fn run(&mut self, ui: impl FnMut(&mut Ui)) -> FullOutput {
        let [width, height] = self.size.map(|s| s as f32);
        let points = Vec2::new(width, height) / self.pixels_per_point;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), points)),
            // A fixed clock, so that two runs are alike.
            time: Some(self.time),
            predicted_dt: self.frame_seconds,
            focused: true,
            max_texture_side: Some(MAX_SIDE as usize),
            events: std::mem::take(&mut self.events),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(egui::ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(self.pixels_per_point);
        self.time += f64::from(self.frame_seconds);
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

    /// Draws a frame into the target and asks for its copy.
    fn draw(&self, output: FullOutput, ground: Color32) {
        let [r, g, b, a] = ground.to_normalized_gamma_f32().map(f64::from);
        let (device, queue) = (&self.state.device, &self.state.queue);
        let scale = output.pixels_per_point;
        let shapes = self.context.tessellate(output.shapes, scale);
        let screen = ScreenDescriptor {
            pixels_per_point: scale,
            size_in_pixels: self.size,
        };
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut renderer = self.state.renderer.write();
        let user = renderer.update_buffers(device, queue, &mut encoder, &shapes, &screen);
        {
            let mut pass = encoder
                .begin_render_pass(&wgpu::RenderPassDescriptor {
                    label: Some("picture"),
                    color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                        view: &self.target.view,
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
        self.target.copy(&mut encoder, self.size);
        queue.submit(user.into_iter().chain(std::iter::once(encoder.finish())));
    }

    /// Waits for the copy of the target and takes its bytes.
    fn read(&mut self) -> Result<(), RenderError> {
        let (sender, receiver) = channel();
        let slice = self.target.buffer.slice(..);
        slice.map_async(wgpu::MapMode::Read, move |done| drop(sender.send(done)));
        let lost = |e: &dyn std::fmt::Display| RenderError::Lost(e.to_string());
        self.state
            .device
            .poll(wgpu::PollType::Wait {
                submission_index: None,
                timeout: Some(WAIT),
            })
            .map_err(|e| lost(&e))?;
        receiver
            .recv()
            .map_err(|e| lost(&e))?
            .map_err(|e| lost(&e))?;
        {
            let data = slice.get_mapped_range().map_err(|e| lost(&e))?;
            self.bytes.clear();
            for line in data.chunks_exact(padded_row(self.size[0]) as usize) {
                self.bytes
                    .extend_from_slice(&line[..self.size[0] as usize * 4]);
            }
        }
        self.target.buffer.unmap();
        Ok(())
    }
}

/// Bytes of a row in a buffer that a texture is copied to: rows are padded.
fn padded_row(width: u32) -> u32 {
    (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT)
}

/// What a frame is drawn into, and the buffer it is read back through. Both
/// are kept from frame to frame.
struct Target {
    texture: wgpu::Texture,
    view: wgpu::TextureView,
    buffer: wgpu::Buffer,
}

impl Target {
    fn new(state: &RenderState, size: [u32; 2]) -> Self {
        let texture = state.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("picture"),
            size: extent(size),
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: state.target_format,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let buffer = state.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("picture"),
            size: u64::from(padded_row(size[0])) * u64::from(size[1]),
            usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Self {
            view: texture.create_view(&wgpu::TextureViewDescriptor::default()),
            texture,
            buffer,
        }
    }

    fn copy(&self, encoder: &mut wgpu::CommandEncoder, size: [u32; 2]) {
        encoder.copy_texture_to_buffer(
            self.texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo {
                buffer: &self.buffer,
                layout: wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(padded_row(size[0])),
                    rows_per_image: None,
                },
            },
            extent(size),
        );
    }
}

fn extent(size: [u32; 2]) -> wgpu::Extent3d {
    wgpu::Extent3d {
        width: size[0],
        height: size[1],
        depth_or_array_layers: 1,
    }
}
