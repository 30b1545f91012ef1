/** Which of the readings of the source this platform holds for right. A client has settings for each; other readings are violations. */
export interface Dialect {
  /** Text form of cipher and sign (D02). */
  encoding: 'base64' | 'hex';
  /** What is signed: the text of the cipher, or its bytes (D03). */
  signInput: 'text' | 'bytes';
  /** D52; MD5 on a sibling platform. */
  hash: 'SHA1' | 'MD5';
  /** What an uplink cipher is made with (D52). */
  uplinkKey: 'platformPublic' | 'userPrivate';
  /** `data` in the plaintext (D04). */
  dataAs: 'object' | 'string';
  /** What a downlink cipher is made with: the user's public key, or the platform's private one (D05). */
  downlinkKey: 'mirrored' | 'platformPrivate';
  /** D15. */
  entryRecordId: 'arriveID' | 'arrivalID' | 'both';
  /** D16. */
  exitRecordId: 'endID' | 'exitID' | 'both';
  /** D17, of uploadModifyCarInData alone. */
  modifyArriveTime: 'arriveTime' | 'arrivalTime' | 'both';
}

export type CryptoDialect = Pick<Dialect, 'encoding' | 'signInput' | 'hash'>;

export const standardDialect = (): Dialect => ({
  encoding: 'base64',
  signInput: 'text',
  hash: 'SHA1',
  uplinkKey: 'platformPublic',
  dataAs: 'object',
  downlinkKey: 'mirrored',
  entryRecordId: 'arriveID',
  exitRecordId: 'endID',
  modifyArriveTime: 'arriveTime',
});
