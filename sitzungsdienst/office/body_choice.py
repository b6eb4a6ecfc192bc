"""Working for several Bodies: every form says which one it was opened for.

A clerk may switch in one tab while a form of another Body stands open in a second one. Nothing is
done with such a form: the page shows what was typed, and switches back if that is wanted.
"""

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue

from sitzungsdienst.office import current, resend


def register(app: Flask) -> None:
    """Look at the Body of each form of `app`; must come after the gate and the token's check."""
    app.before_request(_same_body)


def _same_body() -> ResponseReturnValue | None:
    me, told = current.me(), request.form.get(current.BODY_FIELD)
    if request.method != "POST" or me is None or told in (None, str(me.actor.body_id)):
        return None
    # Where the form came from may not be theirs any more; then there is no way back to it.
    name = next((name for number, name in me.bodies if str(number) == told), "")
    page = render_template(
        "office/other_body.html",
        body_id=told,
        body_name=name,
        target=resend.local_target(request.root_path + request.full_path.rstrip("?")),
        typed=resend.typed(),
        packed=resend.pack(resend.typed()),
        lost_files=resend.files(),
    )
    return make_response(page, 409)
