"use strict";
const link = new URLSearchParams(location.search);
const form = document.getElementById("form");
const say = (text) => { document.getElementById("said").textContent = text; };

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const password = document.getElementById("password").value;
  if (password !== document.getElementById("again").value) return say("The two passwords are not the same.");
  const body = { token: link.get("token"), new_password: password };
  if (link.get("uidb64")) body.uidb64 = link.get("uidb64");
  const answer = await fetch("/api/v1/auth/reset-password/", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-API-Dialect": "platform" },
    body: JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    form.hidden = true;
    return say("Your password has been changed. You can log in with it now.");
  }
  const details = Object.values((said.error && said.error.details) || {}).flat();
  say(details.join(" ") || (said.error && said.error.message) || "That did not work. Try again later.");
});
