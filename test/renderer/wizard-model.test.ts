import { describe, expect, it } from 'vitest';
import { parseProvision } from '../../electron/station/provision.ts';
import { allTemplates } from '../../electron/station/tariff-office/templates.ts';
import {
  blankWizard,
  documentOf,
  faultsOf,
  type PriceChoice,
  type SimplePrice,
  type WizardLane,
  type WizardState,
} from '../../renderer/features/wizard/model.ts';
import type { ConfigurationDocument } from '../../shared/contract/configuration.ts';

const {
  $schema: _schema,
  users: _users,
  ...blank
} = parseProvision({
  site: { code: '0', name: '未配置的停车场', totalSpaces: 0, openSpaces: 0 },
});
const base: ConfigurationDocument = { ...blank, platforms: {} };
const templates = new Map(allTemplates().map(({ id, tariff }) => [id, tariff]));

const price: SimplePrice = {
  ...{ freeMinutes: 30, firstMinutes: 60, firstFen: 500, nextMinutes: 30, nextFen: 200, capFen: 3000 },
};
const lane = (key: string, direction: WizardLane['direction'], camera: WizardLane['camera']): WizardLane => ({
  ...{ key, name: `车道${key}`, direction, camera, arm: true },
});
const whole: WizardState = {
  site: { kind: 'gated', name: '滨海广场', code: '1001', totalSpaces: 150, openSpaces: null },
  lanes: [
    lane('1', 'in', { kind: 'found', driver: 'vzenith-http', serialNo: 'SN1', settings: { serialNo: 'SN1' } }),
    lane('2', 'out', { kind: 'typed', driver: 'vzenith-http', needed: ['serialNo'], settings: { serialNo: ' SN2 ' } }),
    lane('3', 'both', { kind: 'none' }),
  ],
  price: { kind: 'simple', price },
  admin: null,
  people: [{ key: 'p1', name: '小王', password: 'a long night shift' }],
};

describe('the answers of the wizard', () => {
  it('make a configuration that the station takes as it is', () => {
    expect(faultsOf(whole)).toEqual([]);
    const taken = parseProvision(documentOf(whole, base, templates));
    expect(taken.site).toMatchObject({ name: '滨海广场', code: '1001', totalSpaces: 150, openSpaces: 150 });
    expect(taken.lanes.map(({ id, number, camera, barrier }) => [id, number, camera, barrier])).toEqual([
      ['in1', 1, 'cam-in1', 'bar-in1'],
      ['out1', 2, 'cam-out1', 'bar-out1'],
      ['both1', 3, undefined, undefined],
    ]);
    expect(taken.devices.map(({ id, settings }) => [id, settings['serialNo'] ?? settings['camera']])).toEqual([
      ['cam-in1', 'SN1'],
      ['bar-in1', 'cam-in1'],
      ['cam-out1', 'SN2'],
      ['bar-out1', 'cam-out1'],
    ]);
    expect(taken.tariffs[0]?.rules[0]).toMatchObject({ freeMinutes: 30, capPer24hFen: 3000 });
  });

  it('with every template of a published price list as well', () => {
    expect(templates.size).toBeGreaterThan(8);
    for (const [id, tariff] of templates) {
      const choice: PriceChoice = { kind: 'template', id };
      const taken = parseProvision(documentOf({ ...whole, price: choice }, base, templates));
      expect(taken.tariffs.map((each) => each.id)).toEqual([tariff.id]);
    }
  });

  it('at the kerb make one without lanes, whatever was said of lanes before', () => {
    const kerb: WizardState = { ...whole, site: { ...whole.site, kind: 'kerbside' } };
    expect(faultsOf({ ...kerb, lanes: [] })).toEqual([]);
    expect(faultsOf({ ...kerb, lanes: whole.lanes.slice(0, 1) })).toEqual([]);
    const taken = parseProvision(documentOf(kerb, base, templates));
    expect(taken).toMatchObject({ site: { kind: 'kerbside' }, lanes: [], devices: [], areas: [{ spaces: 150 }] });
  });

  it('without a cap name none', () => {
    const uncapped = { ...whole, price: { kind: 'simple', price: { ...price, capFen: null } } } as const;
    expect(parseProvision(documentOf(uncapped, base, templates)).tariffs[0]?.rules[0]).not.toHaveProperty(
      'capPer24hFen',
    );
  });
});

describe('what a step still wants', () => {
  const fields = (state: WizardState) => faultsOf(state).map(({ step, field }) => `${step}.${field}`);

  it('make no arm of a camera that can move none', () => {
    const camera = { kind: 'typed', driver: 'huaxia', needed: ['serialNo'], settings: { serialNo: 'A1' } } as const;
    const taken = parseProvision(documentOf({ ...whole, lanes: [lane('1', 'both', camera)] }, base, templates));
    expect([taken.lanes[0]?.barrier, taken.devices.map(({ driver }) => driver)]).toEqual([undefined, ['huaxia']]);
  });
  it('of nothing at all: everything, and no price is taken for granted', () => {
    expect(fields(blankWizard)).toEqual([
      ...['site.name', 'site.code', 'site.totalSpaces', 'lanes.none', 'price.undecided'],
    ]);
  });

  it('names a car park that cars cannot leave, or not enter', () => {
    expect(fields({ ...whole, lanes: whole.lanes.slice(0, 1) })).toEqual(['lanes.noExit']);
    expect(fields({ ...whole, lanes: whole.lanes.slice(1, 2) })).toEqual(['lanes.noEntry']);
  });

  it('sees one camera at two lanes, a price with a gap, more open spaces than there are, and a name that stands twice', () => {
    const twice = whole.lanes.map((each) => ({
      ...each,
      camera: { kind: 'typed', driver: 'vzenith-tcp', needed: ['serialNo'], settings: { serialNo: 'SN1' } } as const,
    }));
    expect(fields({ ...whole, lanes: twice })).toEqual(['devices.twice', 'devices.twice', 'devices.twice']);
    const typed = (settings: Record<string, string>): WizardLane['camera'] => ({
      ...{ kind: 'typed', driver: 'hikvision', needed: ['host', 'password'] },
      settings,
    });
    const [first, ...others] = whole.lanes;
    const withFirst = (settings: Record<string, string>) =>
      fields({ ...whole, lanes: first ? [{ ...first, camera: typed(settings) }, ...others] : [] });
    expect(withFirst({ host: '10.0.0.8' })).toEqual(['devices.serialNo']);
    expect(withFirst({ host: '10.0.0.8', password: 'x' })).toEqual([]);
    const gap: PriceChoice = { kind: 'simple', price: { ...price, nextFen: null } };
    expect(fields({ ...whole, price: gap })).toEqual(['price.simple']);
    expect(fields({ ...whole, site: { ...whole.site, openSpaces: 151 } })).toEqual(['site.openSpaces']);
    const [wang] = whole.people;
    const people = wang ? [wang, { ...wang, key: 'p2', password: 'short' }] : [];
    expect(fields({ ...whole, people })).toEqual(['people.twice', 'people.twice', 'people.password']);
  });
});
