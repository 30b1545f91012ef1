import type { LaneRef, Stay } from '../../../shared/domain/stay.ts';
import { TEMPORARY } from '../../../shared/domain/terms.ts';

type Known = 'uid' | 'plate' | 'vehicleClass' | 'parkingType' | 'entryLane' | 'enteredAt' | 'entryRecordId';
type Optional = 'terms' | 'areaId' | 'berth' | 'identity' | 'doubts' | 'reviewedAt';

/** A stay as it begins: inside, and nothing owed or paid yet. */
export const newStay = (
  known: Pick<Stay, Known> & Partial<Pick<Stay, Optional>> & { readonly entryLane: LaneRef },
): Stay => ({
  identity: null,
  terms: TEMPORARY,
  areaId: null,
  berth: null,
  doubts: [],
  reviewedAt: null,
  ...known,
  segments: known.areaId ? [{ areaId: known.areaId, from: known.enteredAt, to: null }] : [],
  status: 'inside',
  exitLane: null,
  exitedAt: null,
  exitRecordId: null,
  chargeFen: 0,
  dueFen: 0,
  paidFen: 0,
  discountFen: 0,
  waivedFen: 0,
  owedFen: 0,
  lastPaidAt: null,
  discounts: [],
  usedDiscounts: [],
});
