/**
 * What came back to a question.
 * - `answered`: status 0, and its data.
 * - `no`: any other status; `status` is the bank's, `http` that of the answer around it.
 * - `unreadable`: it answered in a form that nobody can read: then it has acted all the same.
 * - `failed`: there is no answer; `maybeArrived` is false only when the bank certainly never saw the question.
 */
export type Reply<A> =
  | { readonly kind: 'answered'; readonly answer: A }
  | { readonly kind: 'no'; readonly http: number; readonly status: number; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string; readonly maybeArrived: boolean };
