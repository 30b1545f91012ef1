import { z } from 'zod';

/** Colour of a plate. Platforms and cameras each number these differently; the mapping tables live with them. */
export const plateColorSchema = z.enum(['blue', 'yellow', 'white', 'black', 'green', 'yellow-green', 'unknown']);
export type PlateColor = z.infer<typeof plateColorSchema>;

/**
 * Class of a plate by GA 36-2018. `none`: the car carries no plate; `unread`: the camera saw a car and could not read it;
 * `irregular`: kept as read, shown, never refused.
 */
export const plateKindSchema = z.enum([
  'ordinary',
  'new-energy-small',
  'new-energy-large',
  'trailer',
  'trainer',
  'test',
  'oversize',
  'police',
  'hk-macao',
  'embassy',
  'consulate',
  'armed-police',
  'military',
  'civil-aviation',
  'emergency',
  'irregular',
  'none',
  'unread',
]);
export type PlateKind = z.infer<typeof plateKindSchema>;

/** A plate as the house knows it. `text` is normalised (see `normalisePlateText`) and empty for `none` and `unread`. */
export const plateSchema = z.object({ text: z.string().max(16), color: plateColorSchema, kind: plateKindSchema });
export type Plate = z.infer<typeof plateSchema>;

/** What a camera could not read. */
export const UNREAD_PLATE: Plate = Object.freeze({ text: '', color: 'unknown', kind: 'unread' });
