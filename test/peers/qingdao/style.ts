/** How the platform writes what the source leaves open or says twice. Every reading here must be understood by a client. */
export interface AnswerStyle {
  /** String(3) in the tables, a number in three examples (D22). */
  resultCodeAs: 'string' | 'number';
  /** `msg` of success; it is the empty string in half of the examples. */
  msg: string;
  /** Fields that must be empty while payStatus is 0 (D23). */
  emptyAs: 'omit' | 'null' | 'empty-string';
  /** Whether the answers to getPayResult and getOverDueResult have resultCode and msg at all (D42). */
  queriesHaveResultCode: boolean;
  /** Missing in the example (D42). */
  overDueCount: 'present' | 'missing';
  /** What a plate without contract or without arrears is answered. */
  nothingKnown: 'zeros' | '204';
  /** `data` of downloadUID: an object by example and sample, String by the table (D26). */
  uidList: 'object' | 'array' | 'object-text' | 'array-text' | 'bare';
  /** The key of the record id, by `type` (D26, D15, D16). */
  uidListKeys: readonly [entry: string, exit: string, bill: string, photo: string];
  /** `detail` of checkDailyBill: String by the table, an array in the example (D41). */
  detailAs: 'array' | 'text';
  /** Amounts and codes in `detail` as text. */
  detailNumbersAsText: boolean;
  /** parkingCode is a bare number in the examples of checkDailyBill (D41). */
  dailyParkingCodeAs: 'string' | 'number';
  /** cancelOverDueBill with a number that no arrears have (D43): refused, or all arrears of the plate are written off. */
  cancelUnknown: '204' | 'all';
  /** What uploadModifyCarInData 1 deletes besides the entry: 订单 can be read as the whole stay. */
  deletes: 'stay' | 'entry';
}

export const defaultStyle = (): AnswerStyle => ({
  resultCodeAs: 'string',
  msg: '操作成功',
  emptyAs: 'omit',
  queriesHaveResultCode: true,
  overDueCount: 'present',
  nothingKnown: 'zeros',
  uidList: 'object',
  uidListKeys: ['arriveID', 'endID', 'billID', 'photoID'],
  detailAs: 'array',
  detailNumbersAsText: false,
  dailyParkingCodeAs: 'string',
  cancelUnknown: '204',
  deletes: 'stay',
});
