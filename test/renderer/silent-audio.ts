import { vi } from 'vitest';

/** The pitch of every tone in its turn. One list: the page keeps the audio that it made first, also for the next file. */
const heard: number[] = [];

class SilentAudio {
  readonly currentTime = 0;
  readonly destination = {};
  resume = () => Promise.resolve();
  createGain = () => ({
    gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
    connect: (next: unknown) => next,
  });
  createOscillator = () => ({
    frequency: {
      set value(hz: number) {
        heard.push(hz);
      },
    },
    connect: (next: unknown) => next,
    start: () => undefined,
    stop: () => undefined,
  });
}

/** Notes the pitch (Hz) of every tone from here on instead of sounding it, until `vi.unstubAllGlobals`. */
export function noteTones(): readonly number[] {
  heard.length = 0;
  vi.stubGlobal('AudioContext', SilentAudio);
  return heard;
}
