"""`make openapi`: writes the document, and the copies that the Videos function serves. A test compares them."""

from operations.openapi.files import files


def main() -> None:
    """Write them."""
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
        print(f"{path.name} is written to {path.parent.name}/.")


if __name__ == "__main__":
    main()
