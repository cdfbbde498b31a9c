import { loadVips } from '../vips';

/** Good enough that flat colours show no blocks, small enough that the sample stays below 5 MB. */
const JPEG_QUALITY = 88;

/** Rasterises a scene's SVG to JPEG bytes at its own size (resvg inside wasm-vips: same bytes everywhere). */
export async function renderScene(svg: string): Promise<Uint8Array> {
  const vips = await loadVips();
  const image = vips.Image.svgloadBuffer(new TextEncoder().encode(svg));
  try {
    return image.flatten().writeToBuffer('.jpg', { Q: JPEG_QUALITY, strip: true });
  } finally {
    image.delete();
  }
}
