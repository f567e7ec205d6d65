/** Accounts: those who sign in. For administrators. */
import { answer, api, given } from "./client";
import type { AccountName, NewUser, Page, SignInLink, User, UserChange, UsersQuery } from "./types";

/** A page of the accounts. */
export const listUsers = (query: UsersQuery): Promise<Page<User>> =>
  answer(api.GET("/api/v1/users", { params: { query: given(query) } }));

/** Makes an account. */
export const createUser = (body: NewUser): Promise<User> =>
  answer(api.POST("/api/v1/users", { body }));

/** Changes an account's name or role, or shuts it. */
export const changeUser = (id: string, body: UserChange): Promise<User> =>
  answer(api.PATCH("/api/v1/users/{id}", { params: { path: { id } }, body }));

/** Makes a link by which somebody signs in once; earlier ones stop working. */
export const createSignInLink = (id: string): Promise<SignInLink> =>
  answer(api.POST("/api/v1/users/{id}/link", { params: { path: { id } } }));

/** The accounts by their names alone, for everybody who reads the catalogue. */
export const listNames = (cursor: string | undefined): Promise<Page<AccountName>> =>
  answer(api.GET("/api/v1/users/names", { params: { query: given({ limit: 500, cursor }) } }));
