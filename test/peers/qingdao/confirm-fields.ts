import type { Field } from './field.ts';

/** A row of `params`. */
export const PARAMS = { in: 'params' } as const;

/** The two rows that every answer to a notice begins with; in some tables they are lost. */
export const answerTo = (lost: { requestId?: true; success?: true } = {}): readonly Field[] => [
  {
    ...{ name: 'requestId', type: 'Long', maxLength: null, required: true, in: 'data' },
    ...(lost.requestId ? { reconstructed: true } : {}),
  },
  {
    ...{ name: 'success', type: 'Boolean', maxLength: null, required: true, in: 'data' },
    ...(lost.success ? { reconstructed: true } : {}),
  },
];
