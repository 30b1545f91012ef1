import { usePrefs } from './prefs.ts';

/** call: a car needs a person, one short tone · alarm: something is wrong, two falling tones. */
export type Tone = 'call' | 'alarm';

const notes: Record<Tone, readonly { readonly hz: number; readonly at: number; readonly seconds: number }[]> = {
  call: [{ hz: 880, at: 0, seconds: 0.16 }],
  alarm: [
    { hz: 740, at: 0, seconds: 0.22 },
    { hz: 494, at: 0.26, seconds: 0.34 },
  ],
};

/** The loudest: more would hurt in a booth of two square metres. */
const LOUDEST = 0.42;
let context: AudioContext | undefined;

/** Plays a tone unless muted. A PC without sound is no reason to fail: sound never carries information alone. */
export function playTone(tone: Tone): void {
  const { muted, volume } = usePrefs.getState();
  if (muted || typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const audio = context;
  audio.resume().catch(() => undefined);
  for (const { hz, at, seconds } of notes[tone]) {
    const start = audio.currentTime + at;
    const gain = audio.createGain();
    // Ramps instead of steps: a step is heard as a click.
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDEST * volume, start + 0.015);
    gain.gain.linearRampToValueAtTime(0, start + seconds);
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = hz;
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(start);
    oscillator.stop(start + seconds + 0.02);
  }
}
