import { useSounds } from './use-sounds.ts';

/** Heard on every screen: a car at the gate does not wait until somebody looks. */
export function Sounds(): null {
  useSounds();
  return null;
}
