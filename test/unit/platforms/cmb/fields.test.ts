import { describe, expect, it } from 'vitest';
import { cmbSettingsSchema } from '../../../../electron/station/platforms/cmb/config.ts';
import { gateOf, laneOf, toSeconds, vplOf } from '../../../../electron/station/platforms/cmb/fields.ts';
import { laneSchema } from '../../../../shared/domain/site.ts';
import { aStay } from '../../../support/events.ts';

const settings = (gates: Record<string, number> = {}) =>
  cmbSettingsSchema.parse({
    ...{ baseUrl: 'http://127.0.0.1:9', appId: 'ik45nfuz', appSecret: 's', parkCode: '9100000008' },
    codes: { gates },
  });
const lane = (id: string, direction: 'in' | 'out' | 'both', number: number) =>
  laneSchema.parse({ id, name: id, direction, number, area: 'a1' });
const lanes = [lane('in1', 'in', 1), lane('out1', 'out', 2), lane('both', 'both', 3), lane('far', 'out', 256)];

describe('the numbers of entries and exits', () => {
  it('are the lanes’ own, or what the bank calls them', () => {
    expect(gateOf({ id: 'out1', number: 2 }, settings())).toBe(2);
    expect(gateOf({ id: 'out1', number: 2 }, settings({ out1: 12 }))).toBe(12);
    expect(gateOf({ id: 'far', number: 256 }, settings())).toBeUndefined();
    expect(gateOf({ id: 'far', number: 256 }, settings({ far: 255 }))).toBe(255);
  });

  it('find the lane that serves that way', () => {
    const found = (number: number, way: 'in' | 'out', gates = {}) => laneOf(number, way, lanes, settings(gates))?.id;
    expect(found(1, 'in')).toBe('in1');
    expect(found(1, 'out')).toBeUndefined();
    expect([found(3, 'in'), found(3, 'out')]).toEqual(['both', 'both']);
    expect(found(256, 'out')).toBeUndefined();
    const tidal = [laneSchema.parse({ ...lane('tidal', 'in', 4), reversible: true })];
    expect(laneOf(4, 'out', tidal, settings())?.id).toBe('tidal');
    expect(found(2, 'out', { out1: 12 })).toBeUndefined();
    expect(found(12, 'out', { out1: 12 })).toBe('out1');
  });
});

it('calls a car by its plate, by what it scanned, or by a plate that follows from its stay', () => {
  const none = { text: '', color: 'unknown', kind: 'none' } as const;
  expect(vplOf(aStay('u1'))).toBe(aStay('u1').plate.text);
  expect(vplOf(aStay('u1', { plate: none, identity: '无A20190307000001' }))).toBe('无A20190307000001');
  const made = vplOf(aStay('u1', { plate: none, identity: null }));
  expect(made).toMatch(/^W[0-9A-F]{15}$/);
  expect(vplOf(aStay('u1', { plate: none, identity: null }))).toBe(made);
  expect(vplOf(aStay('u2', { plate: none, identity: null }))).not.toBe(made);
});

it('tells whole seconds', () => {
  expect(toSeconds(1_537_155_122_999)).toBe(1_537_155_122);
});
