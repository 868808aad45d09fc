// The screens behind the bot's commands, as they lie in the phone.

const COMMANDS = ['menu', 'my', 'config', 'settings', 'faq', 'invite', 'support', 'help', 'buy'];

/** Gives each command, and has a look at what comes. */
export async function showScreens(phone, seen) {
  for (const command of COMMANDS) {
    await phone.say(`/${command}`);
    await seen(`phone-screen-${command}`);
  }
}
