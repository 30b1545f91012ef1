import type { UpInterface } from '../interface.ts';
import { berthInfo } from './berthInfo.ts';
import { berthStatus } from './berthStatus.ts';
import { blackWhite } from './blackWhite.ts';
import { entranceInfo } from './entranceInfo.ts';
import { equipment } from './equipment.ts';
import { freeNum } from './freeNum.ts';
import { park } from './park.ts';
import { parkRecordEntry } from './parkRecordEntry.ts';
import { parkRecordExit } from './parkRecordExit.ts';
import { parkRecordUpdate } from './parkRecordUpdate.ts';

const ALL = [
  ...[berthInfo, equipment, berthStatus, entranceInfo, blackWhite, parkRecordEntry, parkRecordExit],
  ...[parkRecordUpdate, park, freeNum],
];

/** What the car park calls, by name. */
export const UP: ReadonlyMap<string, UpInterface> = new Map(ALL.map((one) => [one.name, one]));
