export const account = {
  signIn: {
    title: 'Sign in',
    motto: 'One analysis, many strategies, every decision explained.',
    submit: 'Sign in',
    new: 'No account yet?',
  },
  register: {
    title: 'Register',
    role: 'New accounts can view running strategies. An administrator can make you a trader.',
    submit: 'Register and sign in',
    known: 'Already registered?',
  },
  initialPassword: {
    title: 'Change your password',
    why: 'Your password was generated or set by somebody else. Choose one that only you know.',
  },
  profile: {
    nameChanged: 'Name saved.',
    passwordChanged: 'Password changed. All other sessions have been signed out.',
    currentPassword: 'Current password',
    newPassword: 'New password',
    otherSessions: '8 to 128 characters. All other sessions will be signed out.',
    changePassword: 'Change password',
  },
};
