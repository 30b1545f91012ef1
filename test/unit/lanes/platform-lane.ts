import type { Lane, LaneAuthority } from '../../../shared/domain/site.ts';
import { laneSchema } from '../../../shared/domain/site.ts';
import type { LaneWorld } from '../../support/lane-world.ts';

/** Lanes whose manager gave the word to a platform alone, and what it says there. */

export const VANKE = { kind: 'platform', name: 'vanke' } as const;

export const alone = (lane: Lane, over: Partial<LaneAuthority> = {}): Lane =>
  laneSchema.parse({ ...lane, authority: { platform: 'vanke', giveUpAfter: 3, ...over } });

export function says(
  world: LaneWorld,
  lane: Lane,
  answer: 'open' | 'refuse' | 'failed',
  detail = '',
  over: { readonly feeFen?: number } = {},
) {
  const passageId = world.state(lane).passage?.id ?? '';
  return world.must(lane, { type: 'authority-answered', passageId, answer, detail, ...over });
}

export const again = (world: LaneWorld, lane: Lane) =>
  world.must(lane, { type: 'ask-again', passageId: world.state(lane).passage?.id ?? '' });

/** Nobody answers until the lane gives up. */
export function silence(world: LaneWorld, lane: Lane): void {
  const times = lane.authority?.giveUpAfter ?? 0;
  for (let failure = 1; failure <= times; failure += 1) {
    if (failure > 1) again(world, lane);
    says(world, lane, 'failed', '无应答');
  }
}

export const trigger = (world: LaneWorld, lane: Lane, on: boolean) => world.must(lane, { type: 'trigger-loop', on });
export const safety = (world: LaneWorld, lane: Lane, on: boolean) => world.must(lane, { type: 'safety-loop', on });
export const hold = (world: LaneWorld, lane: Lane, action: 'hold' | 'release-hold' = 'hold') =>
  world.must(lane, { type: 'gate', action, reason: '高峰', photoId: null, actor: { kind: 'user', name: '李四' } });
