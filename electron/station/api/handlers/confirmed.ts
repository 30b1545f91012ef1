import type { Accounts } from '../accounts.ts';
import type { Principal } from '../context.ts';

/** Whether the person at the screen is the one who signed in: what cannot be undone asks for the password again. */
export async function confirmed(accounts: Accounts, user: Principal | null, password: string): Promise<boolean> {
  return user !== null && (await accounts.verify(user.name, password))?.name === user.name;
}
