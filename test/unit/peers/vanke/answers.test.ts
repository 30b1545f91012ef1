import { describe, expect, test } from 'vitest';
import { tinyJpeg } from '../../../peers/jpeg.ts';
import type { Call, Cloud, JsonObject } from '../../../peers/vanke/index.ts';
import { crossing, DAY, GATE, NOW, page, reading, world } from './support.ts';

const rules = ({ violations }: Call): string[] => violations.map(({ rule }) => rule);

describe('answers', () => {
  const open = (cloud: Cloud): Promise<Call> => cloud.openGate(GATE);
  const crossings = (cloud: Cloud): Promise<Call> => cloud.unPushCross({ ...DAY, endTime: '20260302 10:00:00' });
  const readings = (cloud: Cloud): Promise<Call> => cloud.unPushRecognition(DAY);
  const places = (cloud: Cloud): Promise<Call> => cloud.placeStatus({ placeStatus: 'occupy', pageSize: 2 });
  const place = { placeNo: 'A', placeStatus: 'occupy' };

  test.each<[string, (cloud: Cloud) => Promise<Call>, JsonObject, string[]]>([
    ['no code', open, { respDesc: '' }, ['answer']],
    ['a number', open, { respCode: 0 }, ['answer']],
    ['another code', open, { respCode: '2', respDesc: 'x' }, ['answer']],
    ['no reason', open, { respCode: '1' }, ['presence']],
    ['an empty reason', open, { respCode: '1', respDesc: '' }, ['presence']],
    ['a reason that is none', open, { respCode: '0', respDesc: 7 }, ['type']],
    ['a stranger', open, { respCode: '0', data: [] }, ['unknown-field']],
    ['a heart that stopped', (cloud) => cloud.checkConnect(), { respCode: '1', respDesc: 'x' }, ['answer']],
    ['no total', crossings, page([], { total: undefined }), ['type']],
    [
      'numbers as texts',
      crossings,
      page([], { total: '0', pageSize: '10', currentPage: '1' }),
      ['type', 'type', 'type'],
    ],
    ['data is no array', crossings, page([], { data: '[]' }), ['type']],
    ['a row is no object', crossings, page([crossing(1)], { data: ['x'] }), ['type']],
    ['another page', crossings, page([], { currentPage: 2 }), ['paging']],
    ['another size', crossings, page([], { pageSize: 20 }), ['paging']],
    ['rows are missing', crossings, page([crossing(1)], { total: 3 }), ['paging']],
    ['out of order', crossings, page([crossing(2), crossing(1)]), ['order']],
    ['twice', crossings, page([crossing(1), crossing(1)]), ['paging']],
    ['of another day', crossings, page([crossing(1, { crossTime: '20260301 09:01:00' })]), ['paging']],
    ['of later', crossings, page([crossing(1, { crossTime: '20260302 10:00:01' })]), ['paging']],
    ['no such time', crossings, page([crossing(1, { crossTime: '2026-03-02 09:01:00' })]), ['format', 'paging']],
    ['no plate', crossings, page([crossing(1, { plateNumber: undefined })]), ['presence']],
    ['no such colour', crossings, page([crossing(1, { color: '蓝' })]), ['code']],
    ['a stranger in a row', crossings, page([crossing(1, { image: 'http://a.example/1' })]), ['unknown-field']],
    ['no address', readings, page([reading(1, { image: tinyJpeg().toString('base64') })]), ['format']],
    ['no picture', readings, page([reading(1, { image: undefined })]), ['presence']],
    ['an address', places, page([{ ...place, image: 'http://a.example/1' }], { pageSize: 2 }), ['format']],
    ['half a picture', places, page([{ ...place, image: '/9j/4AAQ' }], { pageSize: 2 }), ['format']],
    ['another state', places, page([{ ...place, placeStatus: 'vacancy' }], { pageSize: 2 }), ['paging']],
    [
      'more than asked',
      places,
      page(
        ['A', 'B', 'C'].map((placeNo) => ({ ...place, placeNo })),
        { pageSize: 2 },
      ),
      ['paging'],
    ],
  ])('%s', async (_, ask, answer, expected) => {
    const { cloud, park } = await world();
    park.raw = { status: 200, body: JSON.stringify(answer) };
    const call = await ask(cloud);
    expect(rules(call)).toEqual(expected);
    expect(cloud.violations).toMatchObject(expected.map((rule) => ({ rule, direction: 'down' })));
  });

  test('what is no answer at all', async () => {
    const { cloud, park } = await world();
    park.raw = { status: 500, body: '{"respCode":"0"}' };
    expect(await cloud.checkConnect()).toMatchObject({ http: 500, answer: null, violations: [{ rule: 'answer' }] });
    park.raw = { status: 200, headers: { 'content-type': 'text/html' }, body: '{"respCode":"0"}' };
    expect(rules(await cloud.checkConnect())).toEqual(['content-type']);
    park.raw = { status: 200, body: '<html>' };
    expect(rules(await cloud.checkConnect())).toEqual(['answer']);
    park.raw = null;
    park.silent = true;
    const call = await cloud.checkConnect({ timeoutMs: 100 });
    expect(call).toMatchObject({ http: null, answer: null, error: 'no answer within 100 ms', violations: [] });
    await park.stop();
    expect((await cloud.checkConnect()).error).toMatch('ECONNREFUSED');
    expect(cloud.unanswered()).toHaveLength(4);
  });

  test('the three of 忽略 are best not supported', async () => {
    const { cloud } = await world();
    await cloud.prePayRecord(DAY);
    expect(cloud.violations).toEqual([]);
    expect(cloud.doubts).toMatchObject([{ rule: 'answer', interface: 'queryPrePayRecord' }]);
  });
});

describe('walking the pages', () => {
  const rows = Array.from({ length: 25 }, (_, n) => crossing(n));
  const serve =
    (list: readonly JsonObject[], change: (page: number) => JsonObject = () => ({})) =>
    ({ pageSize = 10, currentPage = 1 }: JsonObject): JsonObject => {
      const [size, at] = [Number(pageSize), Number(currentPage)];
      const data = list.slice((at - 1) * size, at * size);
      return page(data, { total: list.length, pageSize: size, currentPage: at, ...change(at) });
    };

  test.each([
    [undefined, 3],
    [25, 1],
    [7, 4],
  ])('of %s rows', async (pageSize, pages) => {
    const { cloud, park } = await world();
    park.answers = { queryUnPushCrossInfo: serve(rows) };
    const walk = await cloud.allUnPushCross('20260302 00:00:00', NOW, pageSize ? { pageSize } : {});
    expect(walk.rows).toEqual(rows);
    expect(walk.pages).toHaveLength(pages);
    expect(walk.violations).toEqual([]);
    expect(cloud.books.fetchedCrossings.size).toBe(25);
  });

  test('rows that moved, a total that changed', async () => {
    const { cloud, park } = await world();
    const moved = [...rows.slice(0, 10), ...rows.slice(9, 19)];
    park.answers = { queryUnPushCrossInfo: serve(moved) };
    const twice = await cloud.allUnPushCross('20260302 00:00:00');
    expect(twice.violations.map(({ rule }) => rule)).toEqual(['paging']);
    park.answers = { queryUnPushCrossInfo: serve(rows, (at) => (at === 2 ? { total: 24 } : {})) };
    const changed = await cloud.allUnPushCross('20260302 00:00:00');
    expect(changed.violations.map(({ field }) => field)).toEqual(['total']);
  });

  test('nothing there', async () => {
    const { cloud, park } = await world();
    park.answers = { queryUnPushRecognitionInfo: page([]) };
    expect(await cloud.allUnPushRecognition('20260302 00:00:00')).toMatchObject({ rows: [], violations: [] });
  });
});
