import { z } from 'zod';
import { fen } from './car.ts';

/** An order of 4.1 and 4.2, whose tables name the same things differently. Times as they are written; the plate percent-encoded. */
export const orderFields = {
  orderNo: z.string().min(1).max(64),
  /** The lane's, or this workstation's. */
  device: z.string().min(1).max(64),
  plate: z.string().max(200),
  cardNo: z.string().max(64),
  inTime: z.string().min(1).max(60),
  elapsedTime: z.int().min(0),
  amount: fen,
  outTime: z.string().min(1).max(60),
};

export const sampleOrder = {
  ...{ orderNo: 'att_0000000001', device: 'out1', plate: '%E9%97%BDD02000', cardNo: '' },
  ...{ inTime: '2019-03-25 08:05:09', elapsedTime: 130, amount: 500, outTime: '2019-03-25 10:15:00' },
};
