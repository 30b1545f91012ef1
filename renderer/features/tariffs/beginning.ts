import type { StationClient } from '../../../shared/contract/index.ts';

export type Template = Awaited<ReturnType<StationClient['tariffs']['templates']>>[number];

/** What a draft is to begin with. */
export type Beginning =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'published'; readonly tariffId: string; readonly version: number }
  | { readonly kind: 'template'; readonly template: Template };
