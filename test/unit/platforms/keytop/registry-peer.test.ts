import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type CallOptions, type JsonObject, startThirdParty } from '../../../peers/keytop/index.ts';
import { CAR, KeytopWorld } from './keytop-world.ts';
import { visit } from './registry-world.ts';
import { DOWN, PARK_CODE } from './support.ts';

/** The independent third party walks its cards, lists, bookings and queries, and looks at every answer. */
async function met() {
  const world = await KeytopWorld.open({ settings: { photo: { publicUrl: 'http://park.example:8700' } } });
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        ...{ method: incoming.method ?? '', path: incoming.url ?? '', query: '', remote: '127.0.0.1' },
        ...{ headers: incoming.headers, contentType: incoming.headers['content-type'] ?? '' },
        body: Buffer.concat(chunks),
      };
      void world.platform.inbound?.handle(request).then(({ status, contentType, body }) => {
        response.writeHead(status, { 'content-type': contentType }).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const thirdParty = await startThirdParty({
    ...{ now: () => world.clock.now(), parkCode: PARK_CODE },
    down: { user: DOWN.user, pwd: DOWN.password, key: DOWN.key },
    address: `http://127.0.0.1:${address.port}`,
  });
  onTestFinished(async () => {
    await thirdParty.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await world.dispose();
  });
  return { world, thirdParty };
}

/** Those that have no legacy address. */
const LEGACY_LESS: ReadonlySet<string> = new Set(['CarCardNoManage', 'BlackListControl', 'GetBlackInfo']);
const MARCH = { validFrom: '2026-03-01 00:00:00', validTo: '2026-03-31 23:59:59' };
const DAY = { startTime: '2026-03-02 00:00:00', endTime: '2026-03-02 23:59:59', pageIndex: 1, pageCount: 10 };

const STYLES: readonly CallOptions[] = [
  {},
  { spelling: 'example', numbers: 'string', texts: 'number', dates: 'unpadded', packed: 'texts' },
  { spelling: 'alias', path: 'legacy', nulls: true, dates: '/', packed: 'array', form: true },
];

test.each(STYLES)('every answer is what the third party expects, however it writes (%j)', async (style) => {
  const { world, thirdParty } = await met();
  const calls: [string, JsonObject][] = [
    [
      'AddCarCardNo',
      {
        ...{ cardName: '地库', useName: '张三', tel: '', roomId: '', carType: 2, spaceNum: '2', ...MARCH },
        plateDetails: '[{"plateNo":"闽A12345","etcNo":""},{"plateNo":"","etcNo":"AJSD5646SD"}]',
      },
    ],
    ['ModifyCarCardNo', { cardId: 1, plateDetails: '[{"plateNo":"闽A54321","type":1}]', validFrom: '', validTo: '' }],
    ['CarCardNoManage', { cardId: 1, plateNo: '闽A11111', oldplateNo: '闽A54321', modifyType: 1, isCard: 1 }],
    ['PayCarCardFee', { cardId: 1, orderNo: 'R1', amount: 100, ...MARCH }],
    ['GetCarCardInfo', {}],
    ['GetCarCardInfo', { plateNo: '闽A12345' }],
    ['GetCardProduct', { carType: 2 }],
    ['DeleteCarCardNo', { cardId: 1 }],
    ['BlackListControl', { blackId: 0, plateNo: '闽A99999', remark: '违章停车', controlType: 0 }],
    ['BlackListControl', { blackId: 1, remark: '已处理', controlType: 1 }],
    ['GetBlackInfo', { plateNo: '' }],
    ['BlackListControl', { blackId: 1, controlType: 2 }],
    ['AddBookingCar', { plateNo: CAR, preMoney: 100, bookType: 0, promptly: 0, ...MARCH }],
    ['ModifyBookingCar', { bookid: 1, modifyType: 0, bookType: 1, ...MARCH }],
    ['GetBookingCar', { plateNo: CAR }],
    ['ModifyBookingCar', { bookid: 1, modifyType: 1 }],
    ['SearchParkingInfo', { plateNo: '', cardNo: '' }],
    ['GetCarInOutInfoByPlate', { plateNo: 'D0', ...DAY }],
    ['GetCarInOutInfoByPlace', { entryPlace: '入口', leavePlace: '', ...DAY }],
  ];
  await visit(world, '闽D00001', 70);
  await world.parked(5, '闽D00002');
  for (const [name, fields] of calls) {
    const { ok, answer } = await thirdParty.call(
      name,
      fields,
      LEGACY_LESS.has(name) ? { ...style, path: 'current' } : style,
    );
    expect({ name, ok, answer }).toMatchObject({ name, ok: true });
  }
  expect(thirdParty.violations).toEqual([]);
  expect(thirdParty.doubts).toEqual([]);
});
