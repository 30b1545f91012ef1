import { code, count, dash, type Field, int, maybe, packed, text } from '../field.ts';
import { finding, some } from '../finding.ts';
import { rowsOf, textOf } from '../json.ts';
import {
  type DownInterface,
  define,
  FROM,
  may,
  mayDate,
  mayInt,
  must,
  mustDate,
  mustInt,
  packedParameter,
  TO,
} from './define.ts';

const OWNER = [may('tel'), may('roomId')];
const PAIR: readonly Field[] = [maybe('plateNo', { mayBeNull: true }), maybe('etcNo', { mayBeNull: true })];
const NAMES: Field = { ...maybe('areaList'), type: 'names' };
const CARD_TYPE = { codes: 'cardCarType' } as const;

/** 下行4. */
export const CARDS: readonly DownInterface[] = [
  define('AddCarCardNo', {
    ...{ controller: 'ParkingCard', legacy: 'card2', single: true },
    request: [
      ...[must('cardName'), must('useName', { others: ['userName'] }), ...OWNER, packedParameter('plateDetails', true)],
      ...[mustInt('carType', CARD_TYPE), must('spaceNum', { others: ['totalSPNum'] })],
      ...[mustDate('validFrom', FROM), mustDate('validTo', TO)],
    ],
    rows: [int('cardId')],
  }),
  define('ModifyCarCardNo', {
    ...{ controller: 'ParkingCard', legacy: 'card2' },
    request: [
      ...[
        mustInt('cardId', { printed: 'string' }),
        may('cardName'),
        may('useName', { others: ['userName'] }),
        ...OWNER,
      ],
      ...[packedParameter('plateDetails', false), mayDate('validFrom', FROM), mayDate('validTo', TO)],
      may('spaceNum', { others: ['totalSPNum'], printed: 'int' }),
    ],
  }),
  define('DeleteCarCardNo', { controller: 'ParkingCard', legacy: 'card2', request: [mustInt('cardId')] }),
  define('CarCardNoManage', {
    controller: 'ParkingCard',
    request: [
      ...[mustInt('cardId'), may('plateNo'), may('oldplateNo', { others: ['oldPlateNo'] })],
      ...[mayInt('isCard'), mustInt('modifyType', { command: [0, 1, 2] })],
    ],
  }),
  define('GetCarCardInfo', {
    ...{ controller: 'ParkingCard', legacy: 'card2' },
    request: [may('plateNo'), mayInt('cardId')],
    rows: [
      ...[int('cardId'), code('carType', 'carType'), text('cardName', { mayBeEmpty: true }), maybe('tel')],
      ...[maybe('roomId'), NAMES, packed('plateDetails', PAIR), dash('validFrom', { also: ['validForm'] })],
      ...[dash('validTo'), count('validValue'), text('spaceNum', { format: 'digits' }), dash('lastUpdateTime')],
    ],
    relations: (_fields, rows) =>
      some(
        rows
          .flatMap((row) => rowsOf(row['plateDetails']))
          .some((pair) => (textOf(pair, 'plateNo') === '') === (textOf(pair, 'etcNo') === '')) &&
          finding('format', 'neither or both of plate and card', 'plateDetails'),
        new Set(rows.map((row) => row['cardId'])).size !== rows.length && finding('paging', 'a card is there twice'),
      ),
  }),
  define('PayCarCardFee', {
    ...{ controller: 'ParkingCard', legacy: 'card2' },
    request: [
      mustInt('cardId'),
      may('orderNo'),
      mustInt('amount'),
      mustDate('validFrom', FROM),
      mustDate('validTo', TO),
    ],
  }),
  define('GetCardProduct', {
    ...{ controller: 'ParkingCard', legacy: 'card2' },
    request: [mustInt('carType', CARD_TYPE)],
    rows: [
      ...[text('ruleName'), count('rechargeAmount'), code('rechargeType', 'rechargeType'), count('basicMoney')],
      ...[count('sentAmount'), int('sentType', { codes: 'rechargeType', also: ['snetType'] })],
    ],
  }),
  define('BlackListControl', {
    ...{ controller: 'ParkingCard', single: true },
    request: [mustInt('blackId'), may('plateNo'), may('remark'), mustInt('controlType', { command: [0, 1, 2] })],
    rows: [int('blackId', { min: 1 })],
    relations: (fields, rows) =>
      some(
        Number(fields['blackId']) > 0 &&
          rows.some((row) => row['blackId'] !== Number(fields['blackId'])) &&
          finding('answer', 'blackId is not the one that was asked for', 'blackId'),
      ),
  }),
  define('GetBlackInfo', {
    controller: 'ParkingCard',
    request: [may('plateNo')],
    rows: [int('blackId', { min: 1 }), text('plateNo'), maybe('remark')],
    relations: (fields, rows) =>
      some(
        textOf(fields, 'plateNo') !== '' &&
          rows.some((row) => row['plateNo'] !== fields['plateNo']) &&
          finding('paging', 'rows of another plate than asked for', 'plateNo'),
      ),
  }),
];
