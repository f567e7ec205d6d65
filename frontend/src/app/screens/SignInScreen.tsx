import { getRouteApi } from "@tanstack/react-router";
import { SignInPage } from "~/pages/start/SignInPage";
import { WelcomePage } from "~/pages/start/WelcomePage";

const signIn = getRouteApi("/frame/sign-in");
const welcome = getRouteApi("/frame/welcome");

/** Signing in, then back to where one wanted to go. */
export function SignInScreen() {
  const { next, problem } = signIn.useSearch();
  return <SignInPage next={next} {...(problem && { problem })} />;
}

/** Where a sign-in link leads. */
export function WelcomeScreen() {
  return <WelcomePage token={welcome.useSearch().token} />;
}
