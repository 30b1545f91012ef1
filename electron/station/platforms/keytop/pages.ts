import type { z } from 'zod';
import type { MessageInfo } from '../platform.ts';
import type { KeytopSettings } from './config.ts';

/** An interface of the specification that is an address and nothing else (上行5.x): a code on paper or on a screen leads a phone there. */
export interface PageMessage<S extends z.ZodType = z.ZodType> extends MessageInfo {
  readonly direction: 'page';
  readonly schema: S;
  /** What the code says; undefined where the page is not set up. */
  url(values: Omit<z.input<S>, 'parkCode'>, settings: Pick<KeytopSettings, 'parkCode' | 'pages'>): string | undefined;
}

export function page<S extends z.ZodObject>(definition: {
  readonly name: string;
  readonly title: string;
  readonly section: string;
  readonly schema: S;
  readonly sample: z.input<S>;
  readonly of: keyof KeytopSettings['pages'];
}): PageMessage<S> {
  const { of, ...info } = definition;
  return {
    ...info,
    direction: 'page',
    url(values, { parkCode, pages }) {
      const address = pages[of];
      if (address === '') return undefined;
      // No headers, no encryption: plain parameters, in the order of the table.
      const asked = new URLSearchParams({ parkCode });
      for (const [name, value] of Object.entries(values)) asked.append(name, String(value));
      return `${address}${address.includes('?') ? '&' : '?'}${asked.toString()}`;
    },
  };
}
