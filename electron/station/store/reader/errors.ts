/**
 * A search without an answer. `busy`: too many wait already · `timeout`: it took too long · `cancelled`: whoever asked went away
 * · `unavailable`: the thread died twice over it, or the station stops · `failed`: a defect of ours.
 */
export class ReaderError extends Error {
  override readonly name = 'ReaderError';
  readonly kind: 'busy' | 'timeout' | 'cancelled' | 'unavailable' | 'failed';
  constructor(kind: ReaderError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
