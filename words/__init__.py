"""Chinese words: jieba's dictionary and lists with the field's terms, and text cut by them. Knows no room."""
