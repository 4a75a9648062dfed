"""French posts about a course, well spelled, all different, from a seed. Standard library only: peers import it."""

from __future__ import annotations

import random

WORDS_A_POST = 120


def _split(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in text.split("|")]


OPENINGS = _split(
    """Bonjour à toutes et à tous | À mon avis | De mon côté | Si je comprends bien | En relisant mes notes |
    Pour commencer | Ensuite | Par ailleurs | Dans mon cas | Pour répondre à la question | Cette fois encore |
    En pratique | Au premier abord | Plus loin | À la relecture | Chez nous | Hier soir encore | Comme souvent |
    En résumé | Sur ce point"""
)
SUBJECTS = _split(
    """la vidéo de la semaine | le schéma du chapitre | notre exemple du tableau | l'exercice sur les fractions |
    le forum du module | le résumé de la leçon | cette partie du cours | le deuxième document | l'énoncé du devoir |
    la carte des régions | la frise du siècle | le graphique des ventes | l'extrait du roman | la fiche de lecture |
    le professeur | la correction du questionnaire | la question de mon voisin | le tableau des résultats |
    la méthode du cours | mon groupe de travail | l'introduction du module | le témoignage de la semaine |
    la lecture conseillée | le calcul de la moyenne | cette définition | la conclusion du dossier |
    le détail de la carte | le programme de simulation | la consigne du devoir | le texte de la leçon"""
)
VERBS = _split(
    """montre | explique | rappelle | précise | illustre | résume | complète | éclaire | décrit | présente | confirme |
    souligne | aborde | détaille | annonce | reprend | développe | justifie | évoque | nuance"""
)
OBJECTS = _split(
    """la différence entre la moyenne et la médiane | le rôle de la marge dans le prix | la place du narrateur |
    le passage du singulier au pluriel | les causes de la crise agricole | l'usage du conditionnel |
    la formation des nuages | la mesure de la température | le partage des tâches dans une équipe |
    la notion de risque | le choix de l'échelle | la lecture d'une carte ancienne | les limites du modèle |
    la preuve par un exemple simple | le sens du mot culture | la règle de calcul du deuxième cas |
    l'origine de la coutume | le poids de la tradition dans la ville | la durée du voyage |
    les conditions de travail de l'époque | la structure de la phrase | la valeur du silence en musique |
    l'importance du public | le mouvement de la foule | la vitesse de la lumière | le cycle de la plante |
    la force du vent | l'entretien du jardin | la gestion du budget | la rencontre de deux traditions"""
)
CIRCUMSTANCES = _split(
    """avec un exemple concret | dans la deuxième partie | pour une personne débutante | sans entrer dans le détail |
    à la fin de la séance | avant la pause de midi | avec une image simple | comme dans la leçon précédente |
    selon le texte de la page dix | pendant une dizaine de minutes | avec beaucoup de patience |
    dans un langage clair | à partir de nos réponses | malgré la difficulté du sujet | pour la troisième fois |
    depuis le début du mois | avec un dessin | après une longue discussion | sous la forme d'un tableau |
    en quelques lignes seulement | devant toute la classe | au sujet de notre ville | pour préparer le devoir |
    avec une grande précision"""
)


def make_title(seed: int) -> str:
    """A title, different for each seed."""
    choose = random.Random(f"title {seed}").choice  # noqa: S311 - data, not secrets
    return f"Question {seed + 1} : {choose(SUBJECTS)} et {choose(OBJECTS)}"


def make_post(seed: str) -> str:
    """A post of about WORDS_A_POST words in two paragraphs, different for each seed."""
    choose = random.Random(seed).choice  # noqa: S311 - data, not secrets
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < WORDS_A_POST - 10:
        sentences.append(
            f"{choose(OPENINGS)}, {choose(SUBJECTS)} {choose(VERBS)} {choose(OBJECTS)} {choose(CIRCUMSTANCES)}."
        )
    middle = len(sentences) // 2
    return " ".join(sentences[:middle]) + "\n\n" + " ".join(sentences[middle:])


def make_long_text(size: int) -> str:
    """Sections of plain paragraphs, ``size`` bytes in all (a few bytes more or fewer)."""
    text, section = "", 0
    while len(text.encode()) < size:
        section += 1
        text += f"## Article {section}\n\n{make_post(f'terms {section}')}\n\n"
    return text.encode()[:size].decode(errors="ignore").rstrip() + "\n"
