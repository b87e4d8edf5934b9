"""Tables pasted as text, their borders lost: rows found again by numbers or by what repeats."""
