import type { StationClient } from '../../../shared/contract/index.ts';

/** A published price list that a car park can begin with. */
export type Template = Awaited<ReturnType<StationClient['tariffs']['templates']>>[number];
