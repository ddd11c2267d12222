/** A point is a square of the screen with its shape cut out by a signed distance, so that edges are smooth at any size.
 * Positions are relative to the middle of the data: a single float has the digits for that, not for large offsets. */
export const vertexShader = `#version 300 es
in vec2 position;
in float paint;
in float shape;
in float diameter;
in float strength;
in float state;
uniform vec2 toScale;
uniform vec2 toShift;
uniform float scale;
uniform float grow;
uniform float wanted;
uniform float edge;
uniform sampler2D palette;
out vec3 colour;
out float alpha;
flat out float kind;
flat out float radius;
flat out float reach;
void main() {
  bool shown = abs(state - wanted) < 0.5 && !any(isnan(position));
  gl_Position = shown ? vec4(position * toScale + toShift, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  radius = 0.5 * (diameter + grow) * scale;
  reach = ceil(radius * 1.3 + edge * scale + 1.0);
  gl_PointSize = 2.0 * reach;
  colour = texelFetch(palette, ivec2(int(paint + 0.5), 0), 0).rgb;
  alpha = strength;
  kind = shape;
}`

export const fragmentShader = `#version 300 es
precision highp float;
in vec3 colour;
in float alpha;
flat in float kind;
flat in float radius;
flat in float reach;
uniform float scale;
uniform float opacity;
uniform float edge;
uniform vec3 ink;
out vec4 result;

float box(vec2 p, vec2 half_) {
  vec2 d = abs(p) - half_;
  return max(d.x, d.y);
}
float triangle(vec2 p, float r) {
  return max(-p.y - 0.5 * r, abs(p.x) * 0.8660254 + p.y * 0.5 - 0.5 * r);
}
float cross_(vec2 p, float r) {
  return min(box(p, vec2(1.1 * r, 0.4 * r)), box(p, vec2(0.4 * r, 1.1 * r)));
}
float distanceOf(int which, vec2 p, float r) {
  if (which == 1) return triangle(p, 1.25 * r);
  if (which == 2) return box(p, vec2(0.92 * r));
  if (which == 3 || which == 8) return (abs(p.x) + abs(p.y) - 1.28 * r) * 0.7071068;
  if (which == 4) return cross_(mat2(0.7071068, -0.7071068, 0.7071068, 0.7071068) * p, r);
  if (which == 5) return triangle(vec2(p.x, -p.y), 1.25 * r);
  if (which == 6) return cross_(p, r);
  if (which == 9) return min(box(p, vec2(r, 0.5 * scale)), box(p, vec2(0.5 * scale, r)));
  return length(p) - r;
}
void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * reach;
  p.y = -p.y;
  int which = int(kind + 0.5);
  // A mark of two px has no room for a shape.
  float d = radius < 2.0 * scale && which < 9 ? length(p) - radius : distanceOf(which, p, radius);
  if (which == 7 || which == 8) {
    float half_ = 0.625 * scale;
    d = abs(d + half_) - half_;
  }
  float width = edge * scale;
  float cover = clamp(0.5 - (d - width), 0.0, 1.0);
  if (cover <= 0.0) discard;
  float inner = width > 0.0 ? clamp(0.5 - d, 0.0, 1.0) : 1.0;
  float a = cover * opacity * alpha;
  result = vec4(mix(ink, colour, inner) * a, a);
}`
