import type { BerthDesk } from './api/berth-port.ts';
import { ConflictError } from './runtime/errors.ts';

const refuse = (): never => {
  throw new ConflictError('no-kerb', '本车场没有启用路内停车');
};

/** Where nobody watches the kerb, nobody can be told anything about it. */
export const noBerthDesk: BerthDesk = { observe: refuse, identify: refuse };
