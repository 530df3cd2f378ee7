struct Place {
    // Upper left corner of the picture on the screen, in pixels.
    origin: vec2<f32>,
    // Pixels of the screen a pixel of the picture.
    cell: f32,
    alpha: f32,
    // Upper left corner and size of the map on the screen, in pixels.
    map_at: vec2<f32>,
    map_size: vec2<f32>,
    // Size of the picture, in its pixels.
    size: vec2<u32>,
    // Pixels a side of a block.
    block: u32,
    _unused: u32,
}

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var<uniform> place: Place;

@vertex
fn vertex(
    @builtin(vertex_index) index: u32,
    @location(0) block: vec2<u32>,
) -> @builtin(position) vec4<f32> {
    let corner = min((block + vec2<u32>(index & 1u, index >> 1u)) * place.block, place.size);
    let at = place.origin + vec2<f32>(corner) * place.cell - place.map_at;
    let ndc = at / place.map_size * 2.0 - 1.0;
    return vec4<f32>(ndc.x, -ndc.y, 0.0, 1.0);
}

fn pixel(at: vec2<i32>) -> vec4<f32> {
    return textureLoad(picture, clamp(at, vec2<i32>(0), vec2<i32>(place.size) - 1), 0);
}

@fragment
fn fragment(@builtin(position) position: vec4<f32>) -> @location(0) vec4<f32> {
    // Between the middles of four pixels.
    let at = (position.xy - place.origin) / place.cell - 0.5;
    let first = vec2<i32>(floor(at));
    let share = at - floor(at);
    let above = mix(pixel(first), pixel(first + vec2<i32>(1, 0)), share.x);
    let below = mix(pixel(first + vec2<i32>(0, 1)), pixel(first + vec2<i32>(1, 1)), share.x);
    return mix(above, below, share.y) * place.alpha;
}
