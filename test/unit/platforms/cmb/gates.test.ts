import { expect, it } from 'vitest';
import { faultOf } from '../../../../electron/station/configuration/faults.ts';
import { parseProvision } from '../../../../electron/station/provision.ts';
import { ConfigError } from '../../../../electron/station/runtime/errors.ts';

/** Numbers of entries and exits at the bank, as the check of a configuration sees them. */

type LaneInput = Readonly<Record<string, unknown>>;
const lane = (id: string, direction: string, number: number, more: LaneInput = {}): LaneInput => ({
  ...{ id, name: id, direction, number, area: 'a1' },
  ...more,
});

function faults(lanes: readonly LaneInput[], gates: Readonly<Record<string, number>> = {}, enabled = true): string[] {
  const bank = { baseUrl: 'http://127.0.0.1:9', appId: 'ik45nfuz', appSecret: 's', parkCode: '9100000008' };
  try {
    parseProvision({
      site: { code: '1001', name: '测试', totalSpaces: 150, openSpaces: 130 },
      areas: [{ id: 'a1', code: 1, name: '地面', spaces: 150 }],
      lanes,
      platforms: { cmb: { ...bank, enabled, codes: { gates } } },
    });
  } catch (error) {
    if (error instanceof ConfigError) return [...error.faults];
    throw error;
  }
  return [];
}

const LANES = [lane('in1', 'in', 1), lane('out0', 'out', 1), lane('out1', 'out', 2)];

it('an entry and an exit of one number are told apart by their way', () => {
  expect(faults(LANES)).toEqual([]);
  expect(faults(LANES, { in1: 9, out0: 9 })).toEqual([]);
});

it('two exits of one number are a fault, given or their own', () => {
  expect(faults(LANES, { out0: 7, out1: 7 })).toEqual([
    'platforms.cmb.codes.gates.out1: 7 is the number of exit "out0" as well',
  ]);
  // The number of the lane itself, where none is given.
  expect(faults(LANES, { out0: 2 })).toEqual([
    'platforms.cmb.codes.gates.out1: 2 is the number of exit "out0" as well',
  ]);
  expect(faults([...LANES, lane('in2', 'in', 2)], { in2: 1 })).toEqual([
    'platforms.cmb.codes.gates.in2: 1 is the number of entry "in1" as well',
  ]);
});

it('a lane for both ways, and one that is turned, is an exit as well', () => {
  const both = [lane('both', 'both', 2), lane('out1', 'out', 2)];
  expect(faults(both)).toHaveLength(1);
  expect(faults(both, { both: 3 })).toEqual([]);
  const tidal = [lane('in1', 'in', 2, { reversible: true }), lane('out1', 'out', 2)];
  expect(faults(tidal)).toEqual(['platforms.cmb.codes.gates.out1: 2 is the number of exit "in1" as well']);
});

it('lanes without a number that may be sent are no doubles; nothing is asked where the bank is switched off', () => {
  expect(faults([lane('out1', 'out', 300), lane('out2', 'both', 300)])).toEqual([]);
  expect(faults(LANES, { out0: 7, out1: 7 }, false)).toEqual([]);
});

it('a number for a lane that does not exist is a fault', () => {
  expect(faults(LANES, { nolane: 7 })).toEqual(['platforms.cmb.codes.gates.nolane: no lane "nolane"']);
});

it('is told in Chinese at its field', () => {
  expect(faults(LANES, { out0: 7, out1: 7, nolane: 8 }).map(faultOf)).toMatchObject([
    { path: ['platforms', 'cmb', 'codes', 'gates', 'nolane'], messageZh: '没有车道“nolane”' },
    { path: ['platforms', 'cmb', 'codes', 'gates', 'out1'], messageZh: '出口编号 7 与车道“out0”重复' },
  ]);
});
