import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import type { SiteKind } from '../../../shared/domain/site.ts';

/** What a lane is given for eyes and arm. `none`: plates are typed, the arm is moved from elsewhere. */
export type CameraChoice =
  | { readonly kind: 'found'; readonly driver: string; readonly serialNo: string; readonly settings: object }
  | {
      readonly kind: 'typed';
      readonly driver: string;
      /** What this maker's cameras cannot do without. */
      readonly needed: readonly string[];
      readonly settings: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'none' };

export interface WizardLane {
  readonly key: string;
  readonly name: string;
  readonly direction: 'in' | 'out' | 'both';
  readonly camera: CameraChoice;
  /** The relays of the camera move the arm. */
  readonly arm: boolean;
}

export interface SimplePrice {
  readonly freeMinutes: number | null;
  readonly firstMinutes: number | null;
  readonly firstFen: Fen | null;
  readonly nextMinutes: number | null;
  readonly nextFen: Fen | null;
  /** Most that 24 hours cost; null: no limit. */
  readonly capFen: Fen | null;
}

export type PriceChoice =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'template'; readonly id: string }
  | { readonly kind: 'simple'; readonly price: SimplePrice };

export interface WizardPerson {
  readonly key: string;
  readonly name: string;
  readonly password: string;
}

export interface WizardState {
  readonly site: {
    readonly kind: SiteKind;
    readonly name: string;
    readonly code: string;
    readonly totalSpaces: number | null;
    readonly openSpaces: number | null;
  };
  readonly lanes: readonly WizardLane[];
  readonly price: PriceChoice;
  /** Who looks after the car park from now on; null where whoever sits here has an account of their own already. */
  readonly admin: WizardPerson | null;
  readonly people: readonly WizardPerson[];
}

export const blankPrice: SimplePrice = {
  freeMinutes: null,
  firstMinutes: null,
  firstFen: null,
  nextMinutes: null,
  nextFen: null,
  capFen: null,
};

export const blankWizard: WizardState = {
  site: { kind: 'gated', name: '', code: '', totalSpaces: null, openSpaces: null },
  lanes: [],
  price: { kind: 'undecided' },
  admin: null,
  people: [],
};

export type WizardFault =
  | { readonly step: 'site'; readonly field: 'name' | 'code' | 'totalSpaces' | 'openSpaces' }
  | { readonly step: 'lanes'; readonly field: 'none' | 'noEntry' | 'noExit' | 'name'; readonly key?: string }
  | { readonly step: 'devices'; readonly field: 'serialNo' | 'twice'; readonly key: string }
  | { readonly step: 'price'; readonly field: 'undecided' | 'simple' }
  | { readonly step: 'people'; readonly field: 'name' | 'password' | 'twice'; readonly key: string };

/** Those that will be: at the kerb there are none, whatever was answered before. */
export const lanesOf = ({ site, lanes }: Pick<WizardState, 'site' | 'lanes'>): readonly WizardLane[] =>
  site.kind === 'kerbside' ? [] : lanes;

/** What tells one camera from another: its number, or where it is. */
export function serialOf({ camera }: WizardLane): string {
  if (camera.kind === 'none') return '';
  if (camera.kind === 'found') return camera.serialNo.trim();
  return (camera.settings['serialNo'] ?? camera.settings['host'] ?? '').trim();
}

/** 华夏智信 tells plates, and nobody knows how to make it move an arm. */
export const hasRelays = (camera: CameraChoice): boolean => camera.kind !== 'none' && camera.driver !== 'huaxia';

const isUnfilled = ({ camera }: WizardLane): boolean =>
  camera.kind === 'typed' && camera.needed.some((name) => (camera.settings[name] ?? '').trim() === '');

/** What a step still wants, so that nobody gets to the end and is sent back. */
export function faultsOf(state: WizardState): WizardFault[] {
  const faults: WizardFault[] = [];
  const { site, price, people } = state;
  const lanes = lanesOf(state);
  if (site.name.trim() === '') faults.push({ step: 'site', field: 'name' });
  if (!/^[A-Za-z0-9]{1,39}$/.test(site.code)) faults.push({ step: 'site', field: 'code' });
  if (site.totalSpaces === null) faults.push({ step: 'site', field: 'totalSpaces' });
  if (site.openSpaces !== null && site.openSpaces > (site.totalSpaces ?? 0))
    faults.push({ step: 'site', field: 'openSpaces' });
  if (site.kind === 'gated' && lanes.length === 0) faults.push({ step: 'lanes', field: 'none' });
  else if (site.kind === 'gated') {
    if (!lanes.some(({ direction }) => direction !== 'out')) faults.push({ step: 'lanes', field: 'noEntry' });
    if (!lanes.some(({ direction }) => direction !== 'in')) faults.push({ step: 'lanes', field: 'noExit' });
  }
  for (const lane of lanes) {
    if (lane.name.trim() === '') faults.push({ step: 'lanes', field: 'name', key: lane.key });
    const serial = serialOf(lane);
    if (isUnfilled(lane)) faults.push({ step: 'devices', field: 'serialNo', key: lane.key });
    if (serial !== '' && lanes.some((other) => other !== lane && serialOf(other) === serial))
      faults.push({ step: 'devices', field: 'twice', key: lane.key });
  }
  if (price.kind === 'undecided') faults.push({ step: 'price', field: 'undecided' });
  if (price.kind === 'simple') {
    const { capFen: _cap, ...needed } = price.price;
    if (Object.values(needed).includes(null)) faults.push({ step: 'price', field: 'simple' });
  }
  const everybody = state.admin === null ? people : [state.admin, ...people];
  for (const person of everybody) {
    const name = person.name.trim();
    if (name === '') faults.push({ step: 'people', field: 'name', key: person.key });
    else if (everybody.some((other) => other !== person && other.name.trim() === name))
      faults.push({ step: 'people', field: 'twice', key: person.key });
    if (person.password.length < 8) faults.push({ step: 'people', field: 'password', key: person.key });
  }
  return faults;
}

const AREA = 'a1';

/** The whole configuration that the answers make. `templates`: the tariffs of the templates, by id. */
export function documentOf(
  state: WizardState,
  base: ConfigurationDocument,
  templates: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): Record<string, unknown> {
  const total = state.site.totalSpaces ?? 0;
  const count = { in: 0, out: 0, both: 0 };
  const { kind } = state.site;
  const lanes = lanesOf(state).map((lane, index) => {
    count[lane.direction] += 1;
    const id = `${lane.direction}${count[lane.direction]}`;
    const camera = lane.camera.kind === 'none' ? null : `cam-${id}`;
    const barrier = hasRelays(lane.camera) && lane.arm ? `bar-${id}` : null;
    return { lane, id, number: index + 1, camera, barrier };
  });
  return {
    ...base,
    site: {
      ...base.site,
      kind,
      name: state.site.name.trim(),
      code: state.site.code,
      totalSpaces: total,
      openSpaces: state.site.openSpaces ?? total,
    },
    areas: [{ id: AREA, code: 1, name: kind === 'kerbside' ? '路段 1' : '地面', spaces: total }],
    lanes: lanes.map(({ lane, id, number, camera, barrier }) => ({
      ...{ id, name: lane.name.trim(), direction: lane.direction, number, area: AREA, booth: '1' },
      ...(camera === null ? {} : { camera }),
      ...(barrier === null ? {} : { barrier }),
    })),
    devices: lanes.flatMap(({ lane, camera, barrier }) => [
      ...(camera === null ? [] : [cameraOf(camera, lane.camera)]),
      ...(camera === null || barrier === null
        ? []
        : [{ id: barrier, kind: 'barrier', driver: 'camera', settings: { camera } }]),
    ]),
    tariffs: tariffsOf(state.price, templates),
  };
}

function cameraOf(id: string, choice: CameraChoice) {
  const base = { id, kind: 'camera' };
  switch (choice.kind) {
    case 'found':
      return { ...base, driver: choice.driver, settings: choice.settings };
    case 'typed':
      return { ...base, driver: choice.driver, settings: filled(choice.settings) };
    case 'none':
      return { ...base, driver: 'virtual', settings: {} };
  }
}

const filled = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
  );

function tariffsOf(price: PriceChoice, templates: ReadonlyMap<string, Readonly<Record<string, unknown>>>): object[] {
  if (price.kind === 'undecided') return [];
  if (price.kind === 'template') {
    const tariff = templates.get(price.id);
    return tariff === undefined ? [] : [tariff];
  }
  const { freeMinutes, firstMinutes, firstFen, nextMinutes, nextFen, capFen } = price.price;
  return [
    {
      id: 'standard',
      name: '标准收费',
      rules: [
        {
          vehicleClasses: ['small', 'medium', 'large'],
          freeMinutes: freeMinutes ?? 0,
          firstPeriod: { minutes: firstMinutes ?? 60, feeFen: firstFen ?? 0 },
          followingPeriod: { minutes: nextMinutes ?? 60, feeFen: nextFen ?? 0 },
          ...(capFen === null ? {} : { capPer24hFen: capFen }),
        },
      ],
    },
  ];
}
