import { z } from 'zod';
import type { Stay } from '../../../../shared/domain/stay.ts';
import { carTypeOf } from './codes.ts';
import type { KeytopContext } from './context.ts';
import { cardNoOf, instant, plateOrWords } from './fields.ts';

/** A car and its stay, as 上行 2.x tells of them. */

export const carFields = { plateNo: z.string().min(1).max(16), cardNo: z.string().max(64) };

export const carOf = (stay: Stay, { settings }: Pick<KeytopContext, 'settings'>) => ({
  plateNo: plateOrWords(stay, settings),
  cardNo: cardNoOf(stay),
});

/** Where and when something happened; formed anew with each send, because names and addresses of lanes are settings. */
export const placeFields = { laneId: z.string().max(40), laneName: z.string().max(60), at: instant };

export const fen = z.int().min(0);

/** A code of the appendix always: what the third party called a card of its own kind is for its questions alone. */
export const carTypeFields = { carType: z.int().min(0).max(99_999) };

export const carTypeFieldsOf = ({ terms }: Pick<Stay, 'terms'>) => ({ carType: carTypeOf(terms) });
