export const account = {
  signIn: {
    title: 'Sign in',
    motto: 'One analysis, many portfolios, every decision explained.',
    submit: 'Sign in',
    new: 'No account yet?',
  },
  register: {
    title: 'Register',
    role: 'A new account may look at running strategies. An administrator makes you a trader.',
    submit: 'Register and sign in',
    known: 'Already registered?',
  },
  profile: {
    nameChanged: 'Name saved.',
    passwordChanged: 'Password changed. All other sessions have ended.',
    currentPassword: 'Present password',
    newPassword: 'New password',
    otherSessions: '8 to 128 characters. All other sessions end.',
    changePassword: 'Change password',
  },
};
