/** What a world is doing for the others that it talks to. */
interface AtWork {
  /** Whether something runs that ends by itself and soon, however busy the machine is. */
  readonly busy: () => boolean;
  /** Questions without an answer yet, apart from those that are known to get none. */
  readonly unanswered: () => number;
  /** Grows with all that happens. */
  readonly happened: () => number;
  /** Lets what is due run, while no time passes. */
  readonly turn: () => Promise<void>;
}

const ROUNDS = 4;
const ROUND_MS = 2;
/** A question that stays open for so long with nobody working on it gets no answer: somebody was told to keep silent. */
const PATIENCE_MS = 100;

/**
 * Waits until nothing is under way any more. It goes by what has begun and not ended, and not by how long it was quiet: on a busy
 * machine an answer takes as long as it takes.
 */
export async function settled({ busy, unanswered, happened, turn }: AtWork): Promise<void> {
  let since = performance.now();
  for (let quiet = 0; quiet < ROUNDS; quiet += 1) {
    const before = happened();
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    await turn();
    const moved = happened() !== before || busy();
    if (moved) since = performance.now();
    if (moved || (unanswered() > 0 && performance.now() - since < PATIENCE_MS)) quiet = -1;
  }
}

/** A file is being read beside all this, as photos are. */
export const readsFiles = (): boolean => process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
