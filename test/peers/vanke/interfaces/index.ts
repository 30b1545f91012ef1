import type { UpInterface } from '../interface.ts';
import { receiveAbnormal } from './receiveAbnormal.ts';
import { receiveCrossGate } from './receiveCrossGate.ts';
import { receivePlateNumber } from './receivePlateNumber.ts';

/** 万科提供接口, by name. */
export const UP: ReadonlyMap<string, UpInterface> = new Map(
  [receivePlateNumber, receiveCrossGate, receiveAbnormal].map((one) => [one.name, one]),
);
