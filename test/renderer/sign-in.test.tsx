import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { useSession } from '../../renderer/lib/station/session.ts';
import { type Bench, openBench, resetStores, scene } from './support.tsx';

let bench: Bench;
afterEach(() => {
  bench.stop();
  resetStores();
});

describe('signing in', () => {
  it('keeps the name, clears the password and says so after a refusal, then lets the person in', async () => {
    bench = await openBench(scene('idle'), { signedIn: false });
    await bench.user.type(screen.getByLabelText('姓名或工号'), '王秀兰');
    await bench.user.type(screen.getByLabelText('密码'), 'wrong{Enter}');
    await bench.settle();
    expect(screen.getByRole('alert').textContent).toContain('姓名或密码不对');
    expect(screen.getByLabelText<HTMLInputElement>('密码').value).toBe('');
    await bench.user.type(screen.getByLabelText('密码'), 'correct-horse{Enter}');
    await bench.settle();
    expect(useSession.getState().user).toMatchObject({ name: '王秀兰', role: 'attendant' });
    expect(screen.getByText('没有等待处理的车辆')).toBeTruthy();
    expect(sessionStorage.getItem('gatehouse.token')).toBe('token-1');
  });
});

describe('the first set-up', () => {
  it('wants the password twice and eight characters, then signs in the administrator', async () => {
    bench = await openBench(scene('setup'), { signedIn: false });
    await bench.user.type(screen.getByLabelText('系统管理员姓名'), '李建国');
    await bench.user.type(screen.getByLabelText('密码（至少 8 位）'), 'long enough');
    await bench.user.type(screen.getByLabelText('再输入一次密码'), 'long enoug{Enter}');
    await bench.settle();
    expect(useSession.getState().user).toBeNull();
    expect(screen.getByText('两次输入的密码不一样')).toBeTruthy();
    await bench.user.type(screen.getByLabelText('再输入一次密码'), 'h{Enter}');
    await bench.settle();
    expect(useSession.getState().user).toMatchObject({ name: '李建国', role: 'admin' });
  });
});
