import { z } from 'zod';
import { create } from 'zustand';
import { type SiteKind, siteKindSchema } from '../../../shared/domain/site.ts';
import { blankWizard, type WizardLane, type WizardState } from './model.ts';

const wizardSteps = ['site', 'lanes', 'devices', 'price', 'people', 'finish'] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What is asked of a site of this kind: at the kerb there are no lanes, and what tells of berths is set up with them. */
export const stepsOf = (kind: SiteKind): readonly WizardStep[] =>
  kind === 'gated' ? wizardSteps : wizardSteps.filter((step) => step !== 'lanes' && step !== 'devices');

const KEY = 'gatehouse.wizard';

const number = z.number().nullable();
const cameraSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('found'),
    driver: z.string(),
    serialNo: z.string(),
    settings: z.record(z.string(), z.unknown()),
  }),
  z.object({
    kind: z.literal('typed'),
    driver: z.string(),
    needed: z.array(z.string()),
    settings: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('none') }),
]);
const storedSchema = z.object({
  site: z.object({
    kind: siteKindSchema.default('gated'),
    name: z.string(),
    code: z.string(),
    totalSpaces: number,
    openSpaces: number,
  }),
  lanes: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      direction: z.enum(['in', 'out', 'both']),
      camera: cameraSchema,
      arm: z.boolean(),
    }),
  ),
  price: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('undecided') }),
    z.object({ kind: z.literal('template'), id: z.string() }),
    z.object({
      kind: z.literal('simple'),
      price: z.object({
        freeMinutes: number,
        firstMinutes: number,
        firstFen: number,
        nextMinutes: number,
        nextFen: number,
        capFen: number,
      }),
    }),
  ]),
});

function load(): WizardState {
  try {
    return { ...blankWizard, ...storedSchema.parse(JSON.parse(sessionStorage.getItem(KEY) ?? '')) };
  } catch {
    return blankWizard;
  }
}

/** The answers so far. They survive a reload of the window; passwords do not. */
export const useWizard = create<{ readonly state: WizardState; readonly step: WizardStep }>(() => ({
  state: load(),
  step: 'site',
}));

/** Of what was typed of a camera only what is printed on it stays. */
function withoutSecrets(lane: WizardLane): WizardLane {
  const { camera } = lane;
  if (camera.kind !== 'typed') return lane;
  const { serialNo, host } = camera.settings;
  const settings = { ...(serialNo === undefined ? {} : { serialNo }), ...(host === undefined ? {} : { host }) };
  return { ...lane, camera: { ...camera, settings } };
}

export function changeWizard(change: Partial<WizardState>): void {
  useWizard.setState(({ state }) => ({ state: { ...state, ...change } }));
  const { people: _secret, admin: _too, ...kept } = useWizard.getState().state;
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...kept, lanes: kept.lanes.map(withoutSecrets) }));
  } catch {
    // The answers then last as long as the window.
  }
}

export function forgetWizard(): void {
  sessionStorage.removeItem(KEY);
  useWizard.setState({ state: blankWizard, step: 'site' });
}
