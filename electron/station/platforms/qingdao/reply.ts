/**
 * What came back to a question.
 * - `answered`: the platform told.
 * - `none`: it says that it has nothing to tell (204).
 * - `refused`: it will not tell, or tells in a form that nobody can read (`unreadable`): then it has acted all the same.
 * - `failed`: there is no answer; `maybeArrived` is false only when the platform certainly never saw the question.
 */
export type Reply<A> =
  | { readonly kind: 'answered'; readonly answer: A }
  | { readonly kind: 'none'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly unreadable?: true }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };
