import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { CarPark } from '../support/car-park.ts';
import type { Shot } from './shot.ts';

const anything = z.unknown();

/** Some posts and people, made once. */
async function staff(park: CarPark): Promise<void> {
  const { station } = park;
  const post = z.object({ id: z.string() });
  const made = await station
    .send(post, '/posts', {
      ...{ name: '收费班长', role: 'attendant', without: ['lane.hold'] },
      plus: ['list.edit', 'discount.unlimited', 'spaces.recount', 'outbox.retry'],
    })
    .catch(() => null);
  if (made === null) return;
  await station.send(anything, '/posts', {
    ...{ name: '财务', role: 'manager', plus: [] },
    without: ['lane.open', 'lane.hold', 'tariff.publish', 'stay.correct'],
  });
  await station.send(anything, '/users', {
    ...{ name: '王秀兰', displayName: '王秀兰', number: '0102', role: 'attendant', postId: made.id },
    password: 'a password of hers',
  });
}

const withStaff = async (page: Page, park: CarPark): Promise<void> => {
  await staff(park);
  await page.reload();
  await page.locator('.page').waitFor();
  await page.waitForTimeout(700);
};

/** 用户与权限 */
export const shots: readonly Shot[] = [
  { name: 'users-accounts', at: 'users', act: withStaff },
  {
    name: 'users-add',
    at: 'users',
    act: async (page) => {
      await page.locator('.users-bar .ant-btn-primary').click();
      await page.locator('.ant-modal').waitFor();
      await page.waitForTimeout(400);
    },
  },
  { name: 'users-posts', at: 'users?tab=posts', act: withStaff },
  {
    name: 'users-post',
    at: 'users?tab=posts',
    act: async (page) => {
      await page.locator('.matrix thead button').first().click();
      await page.locator('.users-area').first().waitFor();
      await page.waitForTimeout(500);
    },
  },
  { name: 'users-sign-ins', at: 'users?tab=signIns' },
  { name: 'users-access', at: 'users?tab=access' },
];
