// Who says a fact, and when: on hover and focus for a look, on click, tap and Enter to stay.
"use strict";
{
  const popover = document.createElement("div");
  popover.id = "popover";
  popover.setAttribute("role", "dialog");
  popover.setAttribute("aria-label", "Who says so");
  popover.hidden = true;
  document.body.append(popover);
  let owner = null;
  let pinned = false;
  let returning = false;

  const line = (text) => Object.assign(document.createElement("p"), { textContent: text });
  const fill = (link, entry) => {
    const body = document.createElement("p");
    body.append(...entry.cloneNode(true).childNodes);
    const parts = [body];
    if (link.dataset.at) parts.push(line(`Where: ${link.dataset.at}`));
    if ("recalled" in link.dataset) parts.push(line("The curator did not see the source say this."));
    popover.replaceChildren(...parts);
  };
  const place = (link) => {
    const box = link.getBoundingClientRect();
    popover.style.left = "0px";
    popover.style.top = "0px";
    const { width, height } = popover.getBoundingClientRect();
    const room = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, room - width - 8));
    const below = box.bottom + height + 8 < innerHeight || box.top < height;
    popover.style.left = `${left + scrollX}px`;
    popover.style.top = `${(below ? box.bottom + 2 : box.top - height - 2) + scrollY}px`;
  };
  const show = (link, pin) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry || (pinned && !pin)) return;
    fill(link, entry);
    owner?.removeAttribute("aria-describedby");
    [owner, pinned] = [link, pin];
    popover.hidden = false;
    link.setAttribute("aria-describedby", "popover");
    place(link);
  };
  const hide = (back) => {
    if (popover.hidden) return;
    popover.hidden = true;
    owner?.removeAttribute("aria-describedby");
    const last = owner;
    [owner, pinned] = [null, false];
    returning = true; // the link that gets the focus back says nothing again
    if (back) last?.focus();
    returning = false;
  };
  const note = (target) => target.closest?.('td a[href^="#"]');
  let leaving = 0;
  const stays = () => pinned || owner === document.activeElement;
  const later = () => { leaving = setTimeout(() => { if (!stays()) hide(false); }, 250); };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    if (popover.contains(event.target)) clearTimeout(leaving);
    const link = note(event.target);
    if (link) { clearTimeout(leaving); show(link, false); }
  });
  document.addEventListener("pointerout", (event) => {
    if (note(event.target) || popover.contains(event.target)) later();
  });
  document.addEventListener("focusin", (event) => {
    const link = note(event.target);
    if (returning) return;
    if (link && link.matches(":focus-visible")) show(link, false);
    else if (owner && !popover.contains(event.target) && event.target !== owner) hide(false);
  });
  document.addEventListener("click", (event) => {
    const link = note(event.target);
    if (link) {
      event.preventDefault();
      show(link, true);
      if (event.detail === 0) popover.querySelector("a")?.focus(); // Enter
    } else if (!popover.contains(event.target)) hide(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !popover.hidden) hide(popover.contains(document.activeElement));
  });
}
