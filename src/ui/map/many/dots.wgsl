struct Place {
    // The centre of the view in the square of 2^32 units.
    center: vec2<u32>,
    // The centre of the map on the screen, in pixels.
    middle: vec2<f32>,
    // Upper left corner and size of the map on the screen, in pixels.
    map_at: vec2<f32>,
    map_size: vec2<f32>,
    outline: vec4<f32>,
    // Pixels a unit.
    scale: f32,
    // Radius of a dot in pixels.
    radius: f32,
    alpha: f32,
    _unused: f32,
}

@group(0) @binding(0) var<uniform> place: Place;

struct Dot {
    @builtin(position) position: vec4<f32>,
    @location(0) from_middle: vec2<f32>,
    @location(1) @interpolate(flat) colour: vec4<f32>,
}

@vertex
fn vertex(
    @builtin(vertex_index) index: u32,
    @location(0) at: vec2<u32>,
    @location(1) colour: vec4<f32>,
) -> Dot {
    // Differences wrap at the antimeridian, and are small where it matters.
    let away = vec2<f32>(bitcast<vec2<i32>>(at - place.center)) * place.scale;
    let corner = vec2<f32>(f32(index & 1u), f32(index >> 1u)) * 2.0 - 1.0;
    let reach = corner * (place.radius + 1.0);
    let ndc = (place.middle + away + reach - place.map_at) / place.map_size * 2.0 - 1.0;
    return Dot(vec4<f32>(ndc.x, -ndc.y, 0.0, 1.0), reach, colour);
}

@fragment
fn fragment(dot: Dot) -> @location(0) vec4<f32> {
    let away = length(dot.from_middle);
    let whole = clamp(place.radius + 0.5 - away, 0.0, 1.0);
    let inside = clamp(place.radius - 0.5 - away, 0.0, 1.0);
    let ink = mix(place.outline.rgb, dot.colour.rgb, inside);
    let alpha = whole * dot.colour.a * place.alpha;
    return vec4<f32>(ink * alpha, alpha);
}
