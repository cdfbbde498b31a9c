/** Runs drawing at most once a frame, however often it is asked for, and not at all when nobody asked. */
export interface FrameScheduler {
  request(): void;
  stop(): void;
}

export function createFrameScheduler(draw: () => void): FrameScheduler {
  let handle: number | null = null;
  return {
    request() {
      handle ??= requestAnimationFrame(() => {
        handle = null;
        draw();
      });
    },
    stop() {
      if (handle !== null) cancelAnimationFrame(handle);
      handle = null;
    },
  };
}
