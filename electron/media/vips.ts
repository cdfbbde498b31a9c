import type Vips from 'wasm-vips';

let loading: Promise<typeof Vips> | null = null;

/**
 * libvips in WebAssembly: hostile pictures stay inside its memory. Loaded once a process, on first use (about 0.3 s). It
 * keeps worker threads alive, so a process that used it must exit explicitly.
 */
export function loadVips(): Promise<typeof Vips> {
  loading ??= import('wasm-vips').then(({ default: create }) =>
    create({ dynamicLibraries: ['vips-resvg.wasm', 'vips-heif.wasm'] }),
  );
  return loading;
}
