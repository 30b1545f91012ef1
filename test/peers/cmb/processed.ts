import type { Answer } from './style.ts';

/** What became of a request of the car park. */
export interface Processed {
  readonly answer: Answer;
  /** Done before the answer leaves. */
  readonly before?: () => Promise<void>;
  /** Done when the answer has left; `heard`: it can have arrived, and nothing says that it did not. */
  readonly after?: (heard: boolean) => void;
}
