/** The time of a peer that has timers of its own. A test that owns the time passes its clock, which is of this shape. */
export interface PeerClock {
  /** Epoch ms. */
  now(): number;
  /** Ms that no setting of the clock moves. */
  monotonic(): number;
  /** @returns cancels it */
  after(ms: number, task: () => void): () => void;
}

/** The machine's own time. */
export const realClock: PeerClock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};
